/** Which passwords are taken (HANDBOOK section 8: at least 8 characters of 3 classes; history of 5). */
import { COMMON_PASSWORDS, COMMON_WORDS } from "./common-passwords.ts";

export const PASSWORD_MIN_LENGTH = 8;
export const PASSWORD_MAX_LENGTH = 256;
/** How many of the passwords chosen last, the present one among them, may not be chosen again. */
export const PASSWORD_HISTORY = 5;

export type PasswordProblem = { code: string; zh: string; en: string };

export const PASSWORD_PROBLEMS = {
  tooShort: {
    code: "PASSWORD_TOO_SHORT",
    zh: `密码至少 ${PASSWORD_MIN_LENGTH} 个字符`,
    en: `At least ${PASSWORD_MIN_LENGTH} characters`,
  },
  tooLong: {
    code: "PASSWORD_TOO_LONG",
    zh: `密码最多 ${PASSWORD_MAX_LENGTH} 个字符`,
    en: `At most ${PASSWORD_MAX_LENGTH} characters`,
  },
  tooFewClasses: {
    code: "PASSWORD_TOO_SIMPLE",
    zh: "大写字母、小写字母、数字、其他字符，至少要有三类",
    en: "At least three of: capital letters, small letters, digits, other characters",
  },
  likeUsername: {
    code: "PASSWORD_LIKE_USERNAME",
    zh: "密码不能包含用户名",
    en: "The password may not contain the user name",
  },
  tooCommon: {
    code: "PASSWORD_TOO_COMMON",
    zh: "这个密码太常见，容易被猜到",
    en: "This password is among the commonest and easily guessed",
  },
  usedBefore: {
    code: "PASSWORD_USED_BEFORE",
    zh: `不能与最近 ${PASSWORD_HISTORY} 次用过的密码相同`,
    en: `Not one of the last ${PASSWORD_HISTORY} passwords`,
  },
} as const satisfies Record<string, PasswordProblem>;

/** All that is wrong with a password by itself; whether it was used before is for the keeper of the hashes to say. */
export function validatePassword(password: string, username: string): PasswordProblem[] {
  const problems: PasswordProblem[] = [];
  const length = Array.from(password).length;
  if (length < PASSWORD_MIN_LENGTH) problems.push(PASSWORD_PROBLEMS.tooShort);
  if (length > PASSWORD_MAX_LENGTH) problems.push(PASSWORD_PROBLEMS.tooLong);
  if (countClasses(password) < 3) problems.push(PASSWORD_PROBLEMS.tooFewClasses);
  if (isLikeUsername(password, username)) problems.push(PASSWORD_PROBLEMS.likeUsername);
  if (isCommon(password)) problems.push(PASSWORD_PROBLEMS.tooCommon);
  return problems;
}

function countClasses(password: string): number {
  return [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
}

function isLikeUsername(password: string, username: string): boolean {
  const plain = password.toLowerCase();
  const name = username.toLowerCase();
  return name.length >= 3 ? plain.includes(name) : plain === name;
}

const LEET: Readonly<Record<string, string>> = {
  "@": "a",
  "0": "o",
  $: "s",
  "3": "e",
  "!": "i",
  "1": "l",
  "5": "s",
};

/**
 * A common password stays common with a capital letter, with letters written as signs, and with digits or signs
 * put before or after a common word ("P@ssw0rd2016!").
 */
function isCommon(password: string): boolean {
  const plain = password.toLowerCase();
  if (COMMON_PASSWORDS.has(plain)) return true;
  const core = plain.replace(/^[^a-z@$]+|[^a-z]+$/g, "");
  const spelled = core.replace(/./g, (letter) => LEET[letter] ?? letter);
  return COMMON_WORDS.has(core) || COMMON_WORDS.has(spelled) || /^(.)\1*$/.test(plain);
}
