/** The passwords tried first by whoever guesses, in China and elsewhere; lower case. */

const passwords = `
12345678 123456789 1234567890 123123123 11111111 88888888 66666666 00000000 987654321 112233445566 147258369
1qaz2wsx 1qaz@wsx !qaz2wsx 1q2w3e4r 1q2w3e4r5t q1w2e3r4 qwer1234 qwer@1234 qwe123456 qwe!@#123 1qaz!qaz 1qazxsw2 zaq12wsx
abc123456 abc@1234 abc@12345 abcd1234 abcd@1234 abcd!234 aa123456 aa@123456 a123456789 a1b2c3d4 asd123456 asdf1234 asdf@1234
zxc123456 zxcvbnm123 qwertyuiop asdfghjkl zxcvbnm, 123qwe!@# 123!@#qwe !@#123qwe qaz123!@# qaz@123456 123456aa 123456abc
123456qwe 12345qwert woaini1314 woaini520 5201314aa 1314520aa iloveyou1 p@ssw0rd pass@word1 pass@123 root@123 user@123
admin@123 admin@1234 admin@2016 admin123456 administrator1 changeme1 huawei@123 admin!@#123 zhengfu@123
`;

/** Words that stay easy to guess whatever digits and signs stand before or after them. */
const words = `
password passwd passw pass admin administrator root user guest test tester qwerty qwertyuiop asdf asdfgh asdfghjkl zxcvbn
zxcvbnm qwer qweasd qweasdzxc qazwsx qazwsxedc abc abcd abcdef abcdefg welcome letmein login master iloveyou woaini
woaiwojia wangyi nihao mima zhengfu shizhengfu xianzhengfu china zhongguo beijing taizhang monkey dragon sunshine
princess football superman changeme secret default system manager huawei
`;

function toSet(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter((word) => word !== ""));
}

export const COMMON_PASSWORDS: ReadonlySet<string> = toSet(passwords);
export const COMMON_WORDS: ReadonlySet<string> = toSet(words);
