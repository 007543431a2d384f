/** Names of made-up people: common surnames and characters put together at random, and nobody in particular meant. */
export const SURNAMES = Array.from("王李张刘赵郭杨陈贾武任田梁郝邢韩高马孙薛崔冯姚白胡闫侯康曹董");
export const MEN = Array.from("建国军平明亮宏伟志强海龙文斌福贵旺林根生永胜春有财银柱二虎俊峰新民天保计全");
export const WOMEN = Array.from("秀英兰花桂香玉梅翠莲爱珍芳丽霞改仙巧云凤琴润娥粉月春美青艳娟红");
