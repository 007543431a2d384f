/**
 * Numbers of people as the registry has them: the ID number 公民身份号码 (GB 11643-1999), the one of fifteen digits from before
 * 1999, and the number of the disability certificate 残疾人证, whose first eighteen characters are the ID number.
 */

export type IdFault = "LENGTH" | "CHARACTERS" | "BIRTH" | "CHECK" | "CERTIFICATE";

export type IdReading = {
  /** eighteen characters to compare by; the cleaned text where it cannot be read */
  normal: string;
  /** null where the number does not say */
  birthYear: number | null;
  sex: "male" | "female" | null;
  fault: IdFault | null;
};

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECKS = "10X98765432";

/** @param first17 digits */
export function checkCharacter(first17: string): string {
  let total = 0;
  for (let i = 0; i < 17; i++) total += (first17.charCodeAt(i) - 48) * (WEIGHTS[i] as number);
  return CHECKS[total % 11] as string;
}

/** Full-width forms, spaces, hyphens and quotes away, x to X. */
function clean(text: string): string {
  if (/^\d{17}[\dX]$/.test(text)) return text;
  return text
    .normalize("NFKC")
    .replaceAll(/[\s'"’`-]/g, "")
    .toUpperCase();
}

/** @param today yyyy-mm-dd: nobody is born after it */
export function readIdNumber(text: string, today: string): IdReading | null {
  const cleaned = clean(text);
  if (cleaned === "") return null;
  if (cleaned.length === 15)
    return /^\d{15}$/.test(cleaned) ? readOld(cleaned, today) : refuse(cleaned, "CHARACTERS");
  if (cleaned.length === 18) return readEighteen(cleaned, today);
  if (cleaned.length !== 20 && cleaned.length !== 22) return refuse(cleaned, "LENGTH");
  const reading = readEighteen(cleaned.slice(0, 18), today);
  // type 1–7, grade 1–4; a replacement appends B and its count
  const isCertificate = /^[1-7][1-4](B[1-9])?$/.test(cleaned.slice(18));
  return reading.fault === null && !isCertificate ? { ...reading, fault: "CERTIFICATE" } : reading;
}

function refuse(normal: string, fault: IdFault): IdReading {
  return { normal, birthYear: null, sex: null, fault };
}

function readOld(digits: string, today: string): IdReading {
  const long = `${digits.slice(0, 6)}19${digits.slice(6)}`;
  return readParts(`${long}${checkCharacter(long)}`, today);
}

function readEighteen(number: string, today: string): IdReading {
  if (!/^\d{17}[\dX]$/.test(number)) return refuse(number, "CHARACTERS");
  return readParts(number, today);
}

function readParts(number: string, today: string): IdReading {
  const birth = number.slice(6, 14);
  if (!isDay(birth) || birth > today.replaceAll("-", "")) return refuse(number, "BIRTH");
  const [birthYear, sex] = [
    Number(birth.slice(0, 4)),
    Number(number[16]) % 2 === 1 ? "male" : "female",
  ] as const;
  return { normal: number, birthYear, sex, fault: checkCharacter(number) === number[17] ? null : "CHECK" };
}

/** @param text yyyymmdd */
function isDay(text: string): boolean {
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6))];
  if (year < 1880 || month < 1 || month > 12 || day < 1) return false;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const long = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day <= (long[month - 1] as number);
}
