/** Whether two names mean the same measure. */
const SCOPE =
  /全市|全县|全区|全省|全镇|全乡|全村|全国|我市|我县|我区|我镇|我村|本市|本县|地区|地方|各|总数|总量|总额|总值|总|的|约|为|数|其中|实现|完成|累计/g;

export function coreName(name: string): string {
  return name.replace(/[^一-龥A-Za-z]/g, "").replace(SCOPE, "");
}

/** 1 the same, 0.8 one holds the other, else the share of common pairs of characters. */
export function likeness(a: string, b: string): number {
  if (b.length >= 3 && a.includes(b)) return 0.8;
  const [x, y] = [coreName(a), coreName(b)];
  if (x.length < 2 || y.length < 2) return 0;
  if (x === y) return 1;
  if (x.includes(y) || y.includes(x)) return 0.8;
  if (isWithin(x, y) || isWithin(y, x)) return 0.7;
  const pairs = new Set<string>();
  for (let i = 0; i + 1 < x.length; i++) pairs.add(x.slice(i, i + 2));
  let common = 0;
  for (let i = 0; i + 1 < y.length; i++) if (pairs.has(y.slice(i, i + 2))) common++;
  return (2 * common) / (x.length + y.length - 2);
}

/** 财政支出 in 公共财政预算支出: all its characters, in order, beginning and ending alike. */
function isWithin(long: string, short: string): boolean {
  if (short.length < 3 || short.length >= long.length || long.slice(-2) !== short.slice(-2)) return false;
  let at = 0;
  for (const char of long) if (char === short.charAt(at)) at++;
  return at >= short.length;
}
