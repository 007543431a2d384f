/**
 * What a measure is called in running text. These are words of Chinese statistics and the same in every county, so they
 * stand beside the reader and not in a pack; the catalogue's own name is always one of them.
 *
 * Only names that mean exactly the same: 全社会固定资产投资 counts farm households too, 农民人均纯收入 is another concept of
 * income, 一般预算收入 was counted otherwise before 2012. Those are left out.
 */
const SAME: readonly (readonly string[])[] = [
  ["地区生产总值", "生产总值", "GDP", "地区生产总值GDP", "生产总值GDP"],
  ["规模以上工业增加值", "规上工业增加值", "规模以上工业企业增加值", "规模工业增加值"],
  ["固定资产投资", "固定资产投资额", "固定资产投资总额", "固定资产投资完成额", "固投"],
  ["社会消费品零售总额", "社会消费品零售额", "社零总额", "社零额", "社零", "社消零总额"],
  ["财政总收入"],
  ["公共财政预算收入", "一般公共预算收入", "公共预算收入", "公共财政收入"],
  ["城镇居民人均可支配收入", "城镇常住居民人均可支配收入", "城镇居民可支配收入"],
  ["农村居民人均可支配收入", "农村常住居民人均可支配收入", "农村居民可支配收入"],
];

/** All names of a measure, its own first. */
export function namesOfMeasure(nameZh: string): readonly string[] {
  const own = nameZh.replace(/^全[省市县区]/, "");
  const same = SAME.find((names) => names.includes(own)) ?? [];
  return [...new Set([nameZh, own, ...same])];
}

/** Words before a name that make a part of the measure of it or want something of it; no place is called so. */
export const PART_WORDS =
  /^(?:其中|民间|工业|国有|集体|房地产|开发|基础设施|地方|第?[一二三]产业?|[一二三]产|限额以上|限上|限额以下|城镇|农村|乡村|非公有制|服务业|制造业|税收|非税|人均|战略性新兴产业|高技术产业|关于|从|在|对|把|看|要|抓好|做好|加强|推进|落实|确保|力争|争取|预计|努力|全力|及|和|与|以及|的|、|，|,|:|\s)+$/;
