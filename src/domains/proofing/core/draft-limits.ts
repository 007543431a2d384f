/** Characters (UTF-16 units) of a draft over HTTP: three times the longest government work report. */
export const mostCharacters = 200_000;
/** Bytes of an uploaded file: the text of a draft with a few pictures. */
export const mostFileMegabytes = 20;
