/**
 * Characters of names that stand for one another: traditional and variant forms, and forms that the eye takes for one another
 * on a handwritten sheet. Small tables of our own, for characters that occur in names of people.
 */

/** Traditional or variant form, then the simplified one. */
const variantPairs =
  "張张劉刘陳陈楊杨趙赵黃黄吳吴孫孙馬马羅罗鄭郑謝谢許许鄧邓馮冯蕭萧葉叶蔣蒋盧卢賈贾韋韦鄒邹陸陆顧顾龔龚萬万錢钱湯汤賀贺賴赖龍龙嚴严莊庄魯鲁鮑鲍齊齐聶聂閻阎閆闫項项紀纪藍蓝車车寧宁歐欧龐庞顏颜賓宾" +
  "關关單单華华蘇苏呂吕範范鍾钟鐘钟譚谭蘭兰國国偉伟強强軍军紅红麗丽鳳凤雲云蓮莲榮荣貴贵寶宝興兴東东業业聰聪傑杰勝胜愛爱憶忆慶庆廣广鵬鹏學学實实對对導导輝辉煇辉燁烨燦灿爾尔獻献瓊琼瑋玮環环畢毕發发" +
  "盡尽碩硕禮礼穎颖頴颖積积競竞筆笔節节簡简紹绍結结綠绿綺绮維维綱纲緒绪緣缘練练縣县繼继續续義义習习聖圣聞闻聯联聲声職职肅肃膽胆舉举艷艳藝艺蓋盖蘊蕴虛虚號号衛卫裝装見见規规親亲覺觉觀观計计訓训記记" +
  "詠咏詩诗誌志誠诚話话語语說说論论諾诺謀谋講讲謙谦證证識识譯译讀读讓让貞贞財财責责貫贯費费賢贤質质贊赞軒轩載载輔辅輪轮轉转農农連连進进運运達达遠远適适選选遷迁郵邮鄉乡醫医釗钊鈞钧鈴铃鉅巨銀银銘铭" +
  "銳锐鋒锋鋼钢錄录錦锦鍵键鎮镇鏡镜鐵铁鑑鉴長长門门開开閃闪閏闰間间閑闲陽阳陰阴隊队際际隨随險险雙双雜杂離离難难電电霧雾靈灵靜静韓韩韻韵順顺領领頭头題题願愿類类顯显風风飛飞飲饮養养餘余駿骏騰腾驕骄" +
  "驗验驚惊髮发鬥斗魚鱼鮮鲜鳴鸣鴻鸿鶴鹤鷹鹰鹽盐麥麦黨党齡龄倫伦側侧備备傳传債债僑侨儀仪億亿優优內内兩两冊册凱凯劍剑劑剂勞劳勵励勳勋勛勋區区協协參参員员問问啟启喬乔嘯啸嚮向團团園园圓圆圖图報报場场" +
  "塊块塵尘墾垦壇坛壯壮壽寿夢梦奮奋婦妇媽妈嫻娴嬌娇嬋婵寬宽審审寫写將将專专尋寻屆届屬属岡冈島岛峽峡嶺岭嶽岳巖岩帥帅師师帶带幫帮幹干庫库廳厅彈弹彥彦後后從从復复徵征恆恒悅悦戰战戲戏執执掃扫揚扬換换" +
  "撫抚擁拥據据攜携敘叙數数斷断時时晉晋晝昼暉晖曉晓曆历曬晒會会朧胧朮术條条棟栋楓枫極极構构樂乐樓楼標标樣样樹树橋桥機机檢检權权歡欢歲岁歷历氣气決决沖冲淚泪淨净淺浅淵渊溫温滄沧滿满漢汉漣涟潔洁潤润" +
  "澤泽濟济濤涛瀾澜灣湾烏乌無无煉炼煙烟熱热燈灯營营爭争爺爷牆墙狀状獨独獎奖現现瑤瑶瑩莹璽玺當当疊叠盤盘祿禄種种稱称穩稳窮穷竇窦筍笋築筑籃篮紡纺純纯紙纸細细終终組组經经綜综綿绵網网緊紧線线編编緯纬" +
  "縱纵總总織织繡绣脈脉腦脑臉脸臘腊臨临艦舰蒼苍蔭荫薈荟藥药蘆芦處处蝦虾補补裏里裡里製制複复襲袭訂订討讨託托設设評评詞词試试該该調调請请諒谅談谈諸诸謹谨譜谱譽誉變变豐丰貝贝負负貢贡貨货販贩貿贸賞赏" +
  "賦赋賽赛贏赢趕赶跡迹躍跃軌轨軟软較较輕轻輩辈輯辑輸输轄辖辦办邊边鄰邻釋释針针鉛铅錫锡鍋锅鎖锁鏈链閔闵閣阁閱阅闊阔闖闯陝陕隱隐雞鸡霽霁韜韬頂顶頌颂預预頓顿頡颉頻频顆颗額额飄飘飾饰館馆騎骑驅驱驍骁" +
  "鬱郁鯤鲲鳥鸟鵑鹃鶯莺鸝鹂點点齒齿甯宁昇升陞升峯峰羣群勲勋徳德恵惠黒黑髙高栢柏濶阔竒奇傢家亷廉渓溪衆众曺曹邨村";

/** Characters made of one other written twice or thrice, and that one: who cannot type the rare one types its part. */
const repeatedParts =
  "甡生 喆吉 犇牛 淼水 焱火炎 燚火炎 垚土 骉马 鑫金 森木林 晶日 磊石 聂耳 轰车 羴羊 鱻鱼 猋犬 赑贝 劦力 龘龙 昍日 朋月 圭土 珏玉 兢克 赫赤 棘束 羽习 弱弓 皕百 囍喜";

/**
 * Groups that differ by a stroke or a radical beside the same body. Two that share a group look alike.
 * Drawn up by body: what the eye keeps when the radical is blurred.
 */
const lookAlikeGroups =
  "青清晴情请精静睛靖 峰锋烽蜂逢 方芳纺防坊仿访妨 分芬纷份粉盼 娟捐涓绢鹃 令玲铃岭龄伶苓聆 夋俊峻骏竣浚 韦伟玮炜纬苇 丽俪 侠峡狭陕 " +
  "未末朱 己已巳 土士王玉主 日曰白目 大太犬天夫 木本术禾 人入八 千干于午牛 田由甲申 刀力九 贝见 风凤 东乐车 云去 无元 文又 小少 毛手 " +
  "龙尤 生主 平乎 全金 兵乒乓 春舂 冒昌 宏宠 宇字 志忘 治冶 季李秀 贵责 爱受 桂挂 亮高 明朋 国圆园 端瑞 维唯惟 存在 军车 华毕 江红虹 " +
  "永水冰 福富副 建健键 成戚威 新亲欣 艺芝 香番 连莲涟 淑叔 惠慧穗 杰点 磊垒 浩洁皓 萍苹评 勇男 冈刚纲钢岗 召昭照超绍韶 武斌赋 晖辉浑挥 寿涛 " +
  "敬敏教 兆桃挑姚逃 忠患中仲 贤肾 对村树材 海梅每悔敏 晓哓烧饶 桐洞铜 彬杉林彩 彦颜产 洋样祥详 波坡披玻 莉利俐梨 莹萤荧营 蓉容溶榕 " +
  "媛缓援暖 妍研 婷停亭 娜哪 嫣焉 嘉喜 霞露霜 雪雷雲 雯雨 兰三 菊莉 苗笛 芸云耘 茹如 荣劳 蕾雷 薇微徽 藏臧 伦沦轮论 佳住桂佳 " +
  "保堡 信倍 倩情 俞愉渝瑜榆喻 偏遍 先洗 光晃 凯岂 刘刻 勤勒 化花 卫卯 卿脚 厚原 叶吐 启后 和知 咏泳 善着 喻瑜 坤伸绅 垣恒 城诚成 培陪 堂棠 " +
  "墨黑 壮状妆 学字 孝考老 宁丁 安宴 定宝 宜宣 宪先 宗宋 富當 寅演 尚向 岩若 岚风 岳兵 崇祟 巍魏 帅师 常裳 庆厌 康唐 廷延庭挺 弘私 张弦 强弦 " +
  "彤丹 德得 怀坏 思恩 怡治 恒桓 悦锐 慈磁 成城 战占 扬杨场 拴栓 振震 授受 改攻政 旺汪 旭九 昊吴 昕听 映英 晋普 晨辰 智知 晶品 景影 柏伯 柱住 柳卿 " +
  "栋拣冻 根很 梁粱 森林 楠南 槐愧 欢劝 正止 民氏 汉仅 汝如 沛市 沁心 泉皇 泰秦奏 泽译择 洪哄 润闰涧 渊洲 源原愿 滨宾 潘番 潮朝 炎淡 烈列 焕换 煜昱 " +
  "熙照 燕蒸 爽 牧收 玉宝 珍诊 珠株 球求 理里埋 琪棋淇祺 琳林 琴琵 瑛英 璐路露 甜 申伸 益盆 盛成 盈盆 真直 瞻 石右 硕顾 祖组 祝况 禄碌绿 科料 秋狄 程呈 " +
  "竹什 笑 红经 纪记 绪诸 翔祥 翠 耀跃 聪总 肖消 胜性 胡湖 腾滕 自白 良艮 艳绝 苏办 范犯 荷何 菲非 萌明 葵 蒙家 薛 虎虚 裕浴 诗寺 谦廉 豪毫 贞员 " +
  "赞 起超 达大 远运 迎仰 通诵 遂逐 郎朗 郝赤 郭敦 金全 钰玉 铁秩 铭名 银跟 锁销 锦棉 镇慎 长张 闫闰阎 阳阴 陆击 陈练 隆降 雁雅 雄堆 韬 韵韶 顺须 " +
  "飞气 香乔 马鸟 鸣呜 鹏朋 麟 龚袭 侯候 仁仕什 仙汕 任仟 伍五 付什 代伐 休体 余佘徐 佟 冀 凌陵菱 凡几 初 包句 卢户 占古 史吏 司可 吉古 向同 吕吴 孔孙 孟盂 " +
  "尹君 崔催 巧朽 巨臣 席度 应兴 戈弋 斤斥 束東 桑柔 段叚 汤场 沈沉 温湿 牛生 甘廿 甫埔 皮波 相想 祁祈 程稍 竺 练 翟瞿 耿 肇 臧藏 苟荀 茅芽 莫英 谷俗 谭潭 " +
  "贾买 邓邻 邢刑 邱岳 邵绍 邹皱 鲁鱼 丘兵 丛从 严产 义叉 仇九 兰羊 关美 冯玛 刁习 利刺 刹 助 卞下 卜上 林村材 芬芳 天夫无 补朴扑 厉历 双汉 吊帛 呈星";

/** Two-character surnames 复姓 still met. */
const compoundSurnames = readCompoundSurnames(
  (
    "欧阳 司马 上官 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 司空 端木 东方 南宫 独孤 轩辕 闻人 申屠 钟离 赫连 澹台 公冶 宗政 濮阳 淳于 单于 " +
    "太叔 仲孙 鲜于 闾丘 东郭 西门 百里 呼延 羊舌 微生 梁丘 左丘 第五 拓跋 纳兰 万俟 完颜 达奚 斛律 叱干"
  ).split(" "),
);

const variants = readVariants();
const lookAlikes = readLookAlikes();

function readVariants(): Uint16Array {
  const table = new Uint16Array(65_536);
  for (let i = 0; i + 1 < variantPairs.length; i += 2)
    table[variantPairs.charCodeAt(i)] = variantPairs.charCodeAt(i + 1);
  return table;
}

function readLookAlikes(): ReadonlySet<number> {
  const pairs = new Set<number>();
  for (const group of `${lookAlikeGroups} ${repeatedParts}`.split(" "))
    for (const a of group)
      for (const b of group) if (a !== b) pairs.add(a.charCodeAt(0) * 65_536 + b.charCodeAt(0));
  return pairs;
}

/** The simplified form of a UTF-16 unit, or the unit itself. */
export const simplify = (unit: number): number => variants[unit] || unit;

export const lookAlike = (a: number, b: number): boolean => lookAlikes.has(a * 65_536 + b);

/** By the first of two units; most names are told by it alone. */
function readCompoundSurnames(surnames: readonly string[]): ReadonlyMap<number, ReadonlySet<number>> {
  const seconds = new Map<number, Set<number>>();
  for (const surname of surnames) {
    const first = surname.charCodeAt(0);
    seconds.set(first, (seconds.get(first) ?? new Set()).add(surname.charCodeAt(1)));
  }
  return seconds;
}

/** @param units of one name @returns 1 or 2 units of surname */
export function surnameLength(units: ArrayLike<number>, start: number, length: number): number {
  if (length < 3) return 1;
  return compoundSurnames.get(units[start] as number)?.has(units[start + 1] as number) === true ? 2 : 1;
}
