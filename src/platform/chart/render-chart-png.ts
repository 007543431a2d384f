import { fileURLToPath } from "node:url";
import type * as EChartsCore from "echarts/core";

/**
 * A chart as PNG without a browser: ECharts writes SVG, resvg draws it with one Chinese font from the package, never
 * with the machine's own, so that the same option gives the same bytes everywhere.
 *
 * ECharts, resvg and the font (10 MB) are loaded at the first chart, not at start. ECharts comes as one bundled file:
 * the modular entry points are some 300 files, which took 0.75 s to load here against 0.1 s.
 */
export type ChartSize = {
  /** CSS pixels */
  readonly width: number;
  readonly height: number;
  /** device pixels to a CSS pixel; 3 prints at about 300 dpi */
  readonly scale: number;
};

const fontFamily = "Noto Sans SC";

async function loadRenderer() {
  const [bundle, resvg] = await Promise.all([
    // @ts-expect-error the bundle has no declarations of its own; it exports what echarts/core does
    import("echarts/dist/echarts.esm.min.mjs"),
    import("@resvg/resvg-js"),
  ]);
  const core = bundle as typeof EChartsCore;
  const fontFile = fileURLToPath(
    import.meta.resolve("@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"),
  );
  return { core, Resvg: resvg.Resvg, fontFile };
}

let renderer: ReturnType<typeof loadRenderer> | undefined;

export async function renderChartSvg(
  option: Readonly<Record<string, unknown>>,
  size: ChartSize,
): Promise<string> {
  renderer ??= loadRenderer();
  const { core } = await renderer;
  const chart = core.init(null, null, { renderer: "svg", ssr: true, width: size.width, height: size.height });
  try {
    chart.setOption(option as EChartsCore.EChartsCoreOption);
    return chart.renderToSVGString({ useViewBox: true });
  } finally {
    chart.dispose();
  }
}

/** Throws when the option draws nothing or the size is not positive. */
export async function renderChartPng(
  option: Readonly<Record<string, unknown>>,
  size: ChartSize,
): Promise<Uint8Array> {
  if (!(size.width > 0 && size.height > 0 && size.scale > 0))
    throw new RangeError("chart size must be positive");
  const svg = await renderChartSvg(option, size);
  const { Resvg, fontFile } = await (renderer as ReturnType<typeof loadRenderer>);
  const image = new Resvg(svg, {
    font: {
      loadSystemFonts: false,
      fontFiles: [fontFile],
      defaultFontFamily: fontFamily,
      sansSerifFamily: fontFamily,
    },
    fitTo: { mode: "width", value: Math.round(size.width * size.scale) },
    background: "#ffffff",
  });
  return new Uint8Array(image.render().asPng());
}
