/** What returns refuse, in both languages. */
import { defineProblem } from "../../platform/problem.ts";

export const FORM_NOT_FOUND = defineProblem("FORM_NOT_FOUND", 404, "没有这张报表", "There is no such form");
export const FORM_REFUSED = defineProblem(
  "FORM_REFUSED",
  422,
  "报表定义有误，没有保存",
  "The form has errors; it was not saved",
);
export const FORM_CHANGED = defineProblem(
  "FORM_CHANGED",
  409,
  "其他人已保存了新版本，请在新版本上修改",
  "Somebody else saved a newer version; make the change on that one",
);
export const OPENING_NOT_FOUND = defineProblem(
  "OPENING_NOT_FOUND",
  404,
  "这一期没有布置",
  "This period was not opened",
);
export const OPENING_REFUSED = defineProblem(
  "OPENING_REFUSED",
  422,
  "不能这样布置",
  "The period cannot be opened like this",
);
export const RETURN_NOT_FOUND = defineProblem(
  "RETURN_NOT_FOUND",
  404,
  "没有这份报送",
  "There is no such return",
);
export const RETURN_MOVED = defineProblem(
  "RETURN_MOVED",
  409,
  "这份报送刚被他人处理，请刷新后再试",
  "Somebody else has just acted on this return; reload and look again",
);
export const WRONG_STATUS = defineProblem(
  "RETURN_WRONG_STATUS",
  409,
  "现在的状态不能这样办理",
  "This cannot be done in its present status",
);
export const NOT_OPEN_FOR_EDITING = defineProblem(
  "RETURN_NOT_EDITABLE",
  409,
  "已提交或已通过，不能直接修改；请先撤回或发起修订",
  "It is submitted or accepted; recall it or begin an amendment first",
);
export const RETURN_LOCKED = defineProblem(
  "RETURN_LOCKED",
  409,
  "本期已封账，如需变动请联系报表的主管部门解锁",
  "The period is locked; ask the department that owns the form to unlock it",
);
export const RETURN_NOT_READY = defineProblem(
  "RETURN_NOT_READY",
  422,
  "还有须改正或说明之处，没有提交",
  "There are points to mend or explain; it was not submitted",
);
export const PASSED_BEFORE = defineProblem(
  "RETURN_PASSED_BEFORE",
  403,
  "上一级审核由您本人办理，这一级须由他人审核",
  "You have passed this return at an earlier level; this level is for somebody else",
);
export const REASON_NEEDED = defineProblem("RETURN_REASON_NEEDED", 422, "请写明理由", "Give the reason");
export const FILE_NOT_FOUND = defineProblem(
  "RETURN_FILE_NOT_FOUND",
  404,
  "没有这个文件",
  "There is no such file",
);
export const NOTHING_TO_EXPLAIN = defineProblem(
  "RETURN_NOTHING_TO_EXPLAIN",
  422,
  "这条审核关系现在没有需要说明的",
  "There is nothing to explain about this rule now",
);
export const NUMBERS_CHANGED = defineProblem(
  "RETURN_NUMBERS_CHANGED",
  409,
  "这条审核关系的数据刚有变化，请看过现在的数再说明",
  "The numbers of this rule have just changed; look at them before you explain them",
);
export const MESSAGE_NOT_FOUND = defineProblem(
  "MESSAGE_NOT_FOUND",
  404,
  "没有这条消息",
  "There is no such message",
);
