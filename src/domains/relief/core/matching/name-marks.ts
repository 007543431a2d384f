/** Units of a name that are no characters. */

/** Stands for a character that could not be entered or printed. */
export const placeholder = 0x25a1;

/** Units from here on are sounds: a syllable in letters where a character could not be entered, 王KUN明. */
export const firstSound = 0xe000;
