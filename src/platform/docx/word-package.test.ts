import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packZip } from "./deterministic-zip.ts";
import { markWordComments } from "./mark-word.ts";
import { readWordText } from "./read-word.ts";
import { wordDocument, wordDraft, wordParts, wordUri } from "./word-draft.fixture.ts";
import { WordFileError } from "./word-file-error.ts";
import { wordLimits } from "./word-package.ts";

const options = { author: "校核", initials: "核", date: "2016-08-15T09:00:00Z" };
const body =
  '<w:p><w:r><w:t xml:space="preserve">甲 &amp; 乙</w:t><w:tab/></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>';
const draft = wordDraft(body);
const mebi = 2 ** 20;

/** Milliseconds of this thread's work, however busy the machine is. */
function workOf(task: () => void): number {
  const before = process.threadCpuUsage();
  task();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

function refusal(bytes: Uint8Array): WordFileError {
  try {
    readWordText(bytes);
  } catch (error) {
    if (error instanceof WordFileError) return error;
    throw error;
  }
  throw new Error("it was read");
}

/** The draft with one part changed; undefined takes the part away. */
function withPart(name: string, content: string | Buffer | undefined): Uint8Array {
  const parts = wordParts(wordDocument(body));
  if (content === undefined) parts.delete(name);
  else parts.set(name, Buffer.from(content));
  return packZip(parts);
}

function patched(change: (bytes: Buffer) => void): Uint8Array {
  const bytes = Buffer.from(draft);
  change(bytes);
  return bytes;
}

/** Where the record of a part lies in the directory. */
function recordOf(bytes: Buffer, name: string): number {
  const at = bytes.lastIndexOf(name) - 46;
  expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
  return at;
}
const documentPart = "word/document.xml";
const end = draft.length - 22;
const compound = Buffer.from("d0cf11e0a1b11ae1", "hex");

const cases: [name: string, bytes: Uint8Array, code: string][] = [
  ["nothing", new Uint8Array(), "WORD_NOT_A_ZIP"],
  ["text", Buffer.from("一段文字".repeat(100)), "WORD_NOT_A_ZIP"],
  ["an old .doc", Buffer.concat([compound, Buffer.alloc(2048)]), "WORD_OLD_FORMAT"],
  [
    "a .docx with a password",
    Buffer.concat([
      compound,
      Buffer.alloc(512),
      Buffer.from("EncryptedPackage", "utf16le"),
      Buffer.alloc(512),
    ]),
    "WORD_ENCRYPTED",
  ],
  [
    "an encrypted entry",
    patched((bytes) => bytes.writeUInt16LE(1, recordOf(bytes, documentPart) + 8)),
    "WORD_ENCRYPTED",
  ],
  ["half a file", draft.slice(0, draft.length / 2), "WORD_NOT_A_ZIP"],
  ["a workbook", packZip(new Map([["[Content_Types].xml", Buffer.from("<Types/>")]])), "WORD_NO_DOCUMENT"],
  ["a zip of pictures", packZip(new Map([["a.png", Buffer.from("x")]])), "WORD_NO_DOCUMENT"],
  ["no document", withPart(documentPart, undefined), "WORD_NO_DOCUMENT"],
  ["another root", withPart(documentPart, `<w:body xmlns:w="${wordUri}"/>`), "WORD_NO_DOCUMENT"],
  ["another namespace", withPart(documentPart, '<w:document xmlns:w="urn:other"/>'), "WORD_NO_DOCUMENT"],
  ["an empty part", withPart(documentPart, ""), "WORD_BAD_XML"],
  [
    "bytes that are no UTF-8",
    withPart(documentPart, Buffer.from(wordDocument("\u00ff"), "latin1")),
    "WORD_BAD_XML",
  ],
  ["GBK by its own word", withPart(documentPart, '<?xml version="1.0" encoding="GBK"?><a/>'), "WORD_BAD_XML"],
  ["an unknown prefix", withPart(documentPart, "<w:document/>"), "WORD_BAD_XML"],
  ["broken content types", withPart("[Content_Types].xml", "<Types>"), "WORD_BAD_XML"],
  ["broken relationships", withPart("word/_rels/document.xml.rels", "<R"), "WORD_BAD_XML"],
  [
    "a billion laughs",
    withPart(
      documentPart,
      `<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><w:document xmlns:w="${wordUri}">&c;</w:document>`,
    ),
    "WORD_HAS_DTD",
  ],
  [
    "a DTD elsewhere",
    withPart("_rels/.rels", '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'),
    "WORD_HAS_DTD",
  ],
  [
    "an entity of nowhere",
    withPart(documentPart, `<w:document xmlns:w="${wordUri}">&b;</w:document>`),
    "WORD_BAD_XML",
  ],
  ["macros", withPart("word/vbaProject.bin", "x"), "WORD_HAS_MACROS"],
  [
    "a document with macros by its type",
    withPart(
      "[Content_Types].xml",
      '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
    ),
    "WORD_HAS_MACROS",
  ],
  ["a name twice", withPart("WORD/Document.XML", "x"), "WORD_UNSAFE_NAMES"],
  ["a name that leads out", withPart("word/../../x", "x"), "WORD_UNSAFE_NAMES"],
  ["an absolute name", withPart("/word/x", "x"), "WORD_UNSAFE_NAMES"],
  ["a name of Windows", withPart("word\\x", "x"), "WORD_UNSAFE_NAMES"],
  [
    "two names of one entry",
    patched((bytes) => bytes.write("W", bytes.indexOf(documentPart))),
    "WORD_UNSAFE_NAMES",
  ],
  [
    "a wrong checksum",
    patched((bytes) => bytes.writeUInt32LE(1, recordOf(bytes, documentPart) + 16)),
    "WORD_DAMAGED",
  ],
  [
    "a size too large",
    patched((bytes) => bytes.writeUInt32LE(5000, recordOf(bytes, documentPart) + 24)),
    "WORD_DAMAGED",
  ],
  [
    "a size too small",
    patched((bytes) => bytes.writeUInt32LE(5, recordOf(bytes, documentPart) + 24)),
    "WORD_DAMAGED",
  ],
  [
    "an unknown method",
    patched((bytes) => bytes.writeUInt16LE(12, recordOf(bytes, documentPart) + 10)),
    "WORD_DAMAGED",
  ],
  [
    "entries that overlap",
    patched((bytes) => bytes.writeUInt32LE(9999, recordOf(bytes, documentPart) + 20)),
    "WORD_DAMAGED",
  ],
  [
    "a header nowhere",
    patched((bytes) => bytes.writeUInt32LE(0xfffffff0, recordOf(bytes, documentPart) + 42)),
    "WORD_DAMAGED",
  ],
  ["a directory nowhere", patched((bytes) => bytes.writeUInt32LE(0xfffffff0, end + 16)), "WORD_DAMAGED"],
  ["more entries than there are", patched((bytes) => bytes.fill(9, end + 8, end + 12)), "WORD_DAMAGED"],
  ["several disks", patched((bytes) => bytes.writeUInt16LE(1, end + 4)), "WORD_DAMAGED"],
  [
    "a directory cut short",
    Buffer.concat([
      Buffer.from("504b0102", "hex"),
      patched((bytes) => bytes.fill(0, end + 12, end + 20)).subarray(end),
    ]),
    "WORD_DAMAGED",
  ],
  ["zip64", patched((bytes) => bytes.fill(0xff, end + 8, end + 20)), "WORD_DAMAGED"],
];

describe("a file from anybody", () => {
  it("is read when nothing is wrong with it", () => {
    expect(readWordText(draft)).toBe("甲 & 乙\t\n");
  });

  it.each(cases)("is refused: %s", (_name, bytes, code) => {
    const error = refusal(bytes);
    expect(error.code).toBe(code);
    expect(error.advice.zh).not.toBe("");
    expect(() => markWordComments(bytes, [], options)).toThrow(WordFileError);
  });

  it("is refused with the place of what is not well-formed, and without its text", () => {
    const error = refusal(withPart(documentPart, wordDocument("\n<w:p>\n  <w:p a=b>秘密")));
    expect(error.place).toEqual({ part: documentPart, line: 4, column: 10 });
    expect(error.message).toBe("word/document.xml:4:10: not well-formed");
  });

  it("may have a comment at its end, entries of its own code page, data descriptors and folders", () => {
    const bytes = Buffer.concat([draft, Buffer.from("comment")]);
    bytes.writeUInt16LE(7, end + 20);
    expect(readWordText(bytes)).toBe("甲 & 乙\t\n");
    const streamed = patched((copy) => copy.writeUInt16LE(8, recordOf(copy, documentPart) + 8));
    expect(readWordText(streamed)).toBe("甲 & 乙\t\n");
    expect(readWordText(withPart("word/theme/", ""))).toBe("甲 & 乙\t\n");
  });
});

describe("a file that would grow", () => {
  const expectRefused = (bytes: Uint8Array, code: string, reason: RegExp) => {
    const work = workOf(() => {
      const error = refusal(bytes);
      expect(error.code).toBe(code);
      expect(error.message).toMatch(reason);
    });
    expect(work).toBeLessThan(3000);
  };
  const blank = (size: number) => Buffer.alloc(size, " ");

  it("is refused before it is inflated", () => {
    expectRefused(withPart(documentPart, blank(33 * mebi)), "WORD_TOO_LARGE", /34603008 bytes/);
    expectRefused(withPart(documentPart, blank(4 * mebi)), "WORD_TOO_LARGE", /inflate to/);
    expectRefused(withPart("_rels/.rels", blank(4 * mebi)), "WORD_TOO_LARGE", /inflate to/);
  });

  it("is refused when it says less than it is", () => {
    const bytes = Buffer.from(withPart(documentPart, blank(64 * mebi)));
    bytes.writeUInt32LE(1000, recordOf(bytes, documentPart) + 24);
    expectRefused(bytes, "WORD_DAMAGED", /cannot be inflated to the declared size/);
  });

  it("is refused for the sum of what is never read", () => {
    const parts = wordParts(wordDocument(body));
    for (let n = 0; n < 9; n++) parts.set(`word/media/${n}.bmp`, Buffer.alloc(1));
    const bytes = Buffer.from(packZip(parts));
    // stored entries must tell the truth: these say that they are deflated
    for (let n = 0; n < 9; n++) {
      bytes.writeUInt16LE(8, recordOf(bytes, `word/media/${n}.bmp`) + 10);
      bytes.writeUInt32LE(64 * mebi, recordOf(bytes, `word/media/${n}.bmp`) + 24);
    }
    expectRefused(bytes, "WORD_TOO_LARGE", /all entries together/);
  });

  it("is refused when entries lie over one another", () => {
    const bytes = Buffer.from(withPart("word/media/a.png", "x"));
    const source = recordOf(bytes, "word/media/a.png");
    const target = recordOf(bytes, "word/media/image1.png");
    bytes.copyWithin(target + 42, source + 42, source + 46);
    expectRefused(bytes, "WORD_UNSAFE_NAMES", /two names/);
    const quoted = Buffer.from(draft);
    const size = quoted.readUInt32LE(recordOf(quoted, documentPart) + 20);
    quoted.writeUInt32LE(size + 40, recordOf(quoted, documentPart) + 20);
    expectRefused(quoted, "WORD_DAMAGED", /overlap/);
  });

  it("is refused for the number of its entries", () => {
    const parts = wordParts(wordDocument(body));
    for (let n = 0; n <= wordLimits.entries; n++) parts.set(`x/${n}`, Buffer.alloc(0));
    expectRefused(packZip(parts), "WORD_TOO_LARGE", /entries/);
  });

  it("is refused for its depth, and for the number of its pieces", () => {
    const nested = "<w:ins>".repeat(100_000);
    expectRefused(wordDraft(nested), "WORD_TOO_LARGE", /500 elements deep/);
    const noise = (n: number) => String.fromCharCode(0x4e00 + ((n * 7919) % 20_000));
    const entities = Array.from({ length: 300_001 }, (_, n) => `&#${0x4e00 + ((n * 7919) % 20_000)};`).join(
      "",
    );
    expectRefused(wordDraft(`<w:p><w:r><w:t>${entities}</w:t></w:r></w:p>`), "WORD_TOO_LARGE", /stretches/);
    const runs = Array.from({ length: 300_001 }, (_, n) => `<w:t>${noise(n)}</w:t>`).join("");
    expectRefused(wordDraft(`<w:p><w:r>${runs}</w:r></w:p>`), "WORD_TOO_LARGE", /pieces/);
  });

  it("takes time in proportion to its length, whatever it repeats", () => {
    const many = 20_000;
    for (const hostile of [
      `<w:p>${'<w:r><w:fldChar w:fldCharType="begin"/><w:t>一</w:t></w:r>'.repeat(many)}</w:p>`,
      `<w:p><w:r><w:t>a${"&#32;".repeat(many * 5)}${" ".repeat(many * 5)}b</w:t></w:r></w:p>`,
      `<w:p><w:r><w:t>${"\u00ad".repeat(many * 10)}</w:t></w:r></w:p>`,
      "<w:p/>".repeat(many * 5),
    ]) {
      // noise in front, or the ratio would refuse it
      const noise = Array.from({ length: 40_000 }, (_, n) =>
        ((n * 2_654_435_761) % 4_294_967_291).toString(36),
      ).join("");
      const bytes = wordDraft(`<!--${noise}-->${hostile}`);
      expect(workOf(() => readWordText(bytes))).toBeLessThan(1500);
    }
  });
});

describe("a damaged file is read or refused, never anything else", () => {
  const readOrRefuse = (bytes: Uint8Array) => {
    try {
      const text = readWordText(bytes);
      if (/[^\n\t]/.test(text)) markWordComments(bytes, [{ span: [0, text.length], text: "错" }], options);
    } catch (error) {
      if (!(error instanceof WordFileError)) throw error;
    }
  };
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 5 });
  const mutate = (bytes: Uint8Array, list: readonly (readonly [number, number])[]) => {
    const copy = Buffer.from(bytes);
    for (const [at, value] of list) copy[at % copy.length] = value;
    return copy;
  };
  const withComments = markWordComments(draft, [{ span: [0, 1], text: "一" }], options);

  it("with bytes changed", () => {
    fc.assert(
      fc.property(changes, (list) => readOrRefuse(mutate(withComments, list))),
      { numRuns: 2000 },
    );
  });

  it("with bytes of its directory changed", () => {
    const start = Buffer.from(withComments).readUInt32LE(withComments.length - 6);
    fc.assert(
      fc.property(changes, (list) => {
        const tail = mutate(withComments.subarray(start), list);
        readOrRefuse(Buffer.concat([withComments.subarray(0, start), tail]));
      }),
      { numRuns: 2000 },
    );
  });

  it("cut off, cut out, or doubled", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (a, b) => {
        const [from, to] = [a % withComments.length, b % withComments.length];
        readOrRefuse(withComments.subarray(0, from));
        readOrRefuse(Buffer.concat([withComments.subarray(0, from), withComments.subarray(to)]));
      }),
      { numRuns: 1000 },
    );
  });

  it("with characters of its parts changed", () => {
    const names = [
      "word/document.xml",
      "[Content_Types].xml",
      "_rels/.rels",
      "word/_rels/document.xml.rels",
      "word/comments.xml",
    ];
    const tokens = fc.constantFrom(
      "<",
      ">",
      "/",
      "&",
      ";",
      '"',
      "&#0;",
      "&#x110000;",
      "]]>",
      "<!--",
      "<?",
      "<![CDATA[",
      "w:",
      "r",
      "\u0000",
      "</w:p>",
      "<w:p>",
      "<w:t>",
      "</w:r>",
      "xmlns:w=",
      "<w:txbxContent>",
      "",
    );
    const whole = wordParts(wordDocument(body));
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.array(fc.tuple(fc.nat(), tokens, fc.nat(3)), { minLength: 1, maxLength: 3 }),
        (name, edits) => {
          let text = (whole.get(name) ?? Buffer.from('<w:comments xmlns:w="urn:w"/>')).toString();
          for (const [at, token, removed] of edits) {
            const place = at % (text.length + 1);
            text = text.slice(0, place) + token + text.slice(place + removed);
          }
          readOrRefuse(withPart(name, text));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("made of anything", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => readOrRefuse(bytes)),
      { numRuns: 500 },
    );
  });
});
