import { code128, drawingSVG } from 'bwip-js/generic';

const ENCODABLE = /^[\x20-\x7e]{1,48}$/; // what a scanner of a station's desk reads as it was written

/** The barcode of a text as a picture that is sharp in any size; undefined for what Code 128 has no signs for. */
export function code128Picture(text: string): string | undefined {
  if (!ENCODABLE.test(text)) return undefined;
  const svg = code128({ bcid: 'code128', text, scale: 2, height: 10, paddingwidth: 4, paddingheight: 0 }, drawingSVG());
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
