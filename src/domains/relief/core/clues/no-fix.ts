/** Why the phone did not measure where a photograph was taken; the place is typed then. */

/** Not allowed by its owner; no signal; none in this browser or without TLS; the picture was taken some time before. */
export const NO_FIX = ["denied", "unavailable", "unsupported", "later"] as const;
export type NoFix = (typeof NO_FIX)[number];
