/** Names and places that are made up for measuring: lists of our own, the commoner first. */

export const surnames =
  "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文";

export const men =
  "伟强军勇杰涛明超刚平辉鹏华飞波斌宇浩凯健俊帆帅旭宁龙林欢佳建国永志文海东云春生金玉成德福贵荣祥兴旺全宝根柱栓亮峰山川江河松柏青清正义忠孝仁信和顺安康泰昌盛富有才良善庆余新民立中元光先喜双二三虎牛贤士仲堂维连长树仓锁拴计保官";

export const women =
  "芳娜敏静丽艳娟霞秀英华慧巧美兰凤洁梅琳素云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞莉桂娣叶璧璐娅琦晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓纨仪荷丹蓉眉君琴蕊薇菁梦岚苑婕馨瑗琰韵融园艺咏卿聪澜纯爽琬叶毓悦昭冰枝变改先果花鲜转引弟";

/** Characters that old systems could not enter, and one that sounds alike. */
export const rare: Readonly<Record<string, string>> = {
  堃: "坤",
  喆: "哲",
  翀: "冲",
  珺: "君",
  頔: "迪",
  彧: "玉",
  淼: "苗",
  焱: "艳",
  垚: "尧",
  赟: "云",
  芃: "朋",
  玥: "月",
  祎: "一",
  璟: "景",
  昇: "升",
};

/** Pairs that the eye takes for one another. */
export const alike =
  "伟炜 峰锋 青清 芳方 丽俪 俊峻 明朋 志忘 成戚 玉王 霞露 梅海 娟捐 静净 亮高 福富 永水 建健 平乎 贵责 秀季 英莺 香番 莲连 红江 国圆 文又 东乐 军车 林村 春舂 辉晖 涛寿 超起 斌赋 刚纲 全金 生牛 桂挂 珍诊 兰三 爱受 改政 荣劳 凤风 云去 天夫 新亲".split(
    " ",
  );

const heads = "上下东西南北前后大小新旧高平石沙水河山林";
const bodies = "庄家营堡寨沟坪峪湾岭洼头泉口店铺井坡";
export const townNames = Array.from(heads, (head, i) => head + (bodies[i % bodies.length] as string));
export const villageNames = Array.from(heads).flatMap((head) => Array.from(bodies, (body) => head + body));
export const countyNames = Array.from("东西南北中", (name) => `${name}原`).concat(
  Array.from("甲乙丙丁戊己庚辛壬", (name) => `${name}川`),
);
