/** What sign-in and accounts refuse, told in both languages. */
import { defineProblem } from "../../platform/problem.ts";

export const WRONG_CREDENTIALS = defineProblem(
  "WRONG_CREDENTIALS",
  401,
  "用户名或密码不对",
  "Wrong user name or password",
);
export const ACCOUNT_LOCKED = defineProblem(
  "ACCOUNT_LOCKED",
  423,
  "连续输错，账号已暂时锁定",
  "Locked after repeated failures",
);
export const ACCOUNT_PENDING = defineProblem(
  "ACCOUNT_PENDING",
  403,
  "账号尚未经安全管理员批准",
  "The security administrator has not approved this account yet",
);
export const ACCOUNT_DISABLED = defineProblem(
  "ACCOUNT_DISABLED",
  403,
  "账号已停用",
  "This account is disabled",
);
export const TOTP_REQUIRED = defineProblem(
  "TOTP_REQUIRED",
  401,
  "请输入动态验证码",
  "Enter the code of your authenticator",
);
export const WRONG_CODE = defineProblem(
  "WRONG_CODE",
  401,
  "动态验证码不对或已用过",
  "The code is wrong or was used already",
);
export const NO_POST = defineProblem("NO_POST", 403, "账号没有岗位，无法登录", "This account holds no post");
export const POSTS_CONFLICT = defineProblem(
  "POSTS_CONFLICT",
  403,
  "管理员岗位不得与其他岗位兼任",
  "An administrator's post may not be held together with any other post",
);
export const TOO_MANY_SIGN_INS = defineProblem(
  "TOO_MANY_SIGN_INS",
  429,
  "登录请求过多，请稍后再试",
  "Too many sign-ins at once; try again shortly",
);
export const FOREIGN_REQUEST = defineProblem(
  "CSRF",
  403,
  "请求不是从本系统页面发出的，请刷新页面后重试",
  "The request did not come from a page of this system; reload the page and try again",
);
export const PASSWORD_CHANGE_NEEDED = defineProblem(
  "PASSWORD_CHANGE_NEEDED",
  403,
  "请先修改密码",
  "Change the password first",
);
// Not 401: the session is good, and a page must not take the answer for a lost session.
export const WRONG_PASSWORD = defineProblem(
  "WRONG_PASSWORD",
  422,
  "当前密码不对",
  "The present password is wrong",
);
export const PASSWORD_NOT_TAKEN = defineProblem(
  "PASSWORD_NOT_TAKEN",
  422,
  "新密码不合要求",
  "The new password is not good enough",
);
export const CODE_NOT_TAKEN = defineProblem("CODE_NOT_TAKEN", 422, "动态验证码不对", "The code is wrong");
export const TOTP_ALREADY_ON = defineProblem(
  "TOTP_ALREADY_ON",
  409,
  "动态验证码已启用",
  "The authenticator is in use already",
);
export const TOTP_NOT_STARTED = defineProblem(
  "TOTP_NOT_STARTED",
  409,
  "请先生成动态验证码密钥",
  "Start with a new authenticator secret",
);
export const USERNAME_TAKEN = defineProblem(
  "USERNAME_TAKEN",
  409,
  "用户名已被使用",
  "The user name is taken",
);
export const PERSON_HAS_ACCOUNT = defineProblem(
  "PERSON_HAS_ACCOUNT",
  409,
  "此人已有账号",
  "This person has an account already",
);
export const ACCOUNT_STATE_CONFLICT = defineProblem(
  "ACCOUNT_STATE_CONFLICT",
  409,
  "账号当前状态不能这样操作",
  "Not possible in the present state of the account",
);
export const OWN_CREATION = defineProblem(
  "OWN_CREATION",
  403,
  "不能批准自己创建的账号",
  "Who created an account may not approve it",
);
export const OWN_ACCOUNT = defineProblem(
  "OWN_ACCOUNT",
  403,
  "不能对自己的账号这样操作",
  "Not on one's own account",
);
