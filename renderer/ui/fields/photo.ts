export type Photo = Readonly<{ name: string; mediaType: 'image/jpeg'; base64: string }>;

const LONGEST_SIDE = 1600; // Pixels: enough to read a type plate.
const QUALITY = 0.82;

/** A photo as it is sent: JPEG, its longer side at most 1600 pixels, upright. @throws if the file is not a picture */
export async function downscale(file: File): Promise<Photo> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  try {
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const url = draw(picture, Math.round(picture.width * scale), Math.round(picture.height * scale)).toDataURL(
      'image/jpeg',
      QUALITY,
    );
    return {
      name: file.name.replace(/\.[^.]*$/, '') + '.jpg',
      mediaType: 'image/jpeg',
      base64: url.slice(url.indexOf(',') + 1),
    };
  } finally {
    picture.close();
  }
}

function draw(picture: ImageBitmap, width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, width);
  canvas.height = Math.max(1, height);
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('no canvas');
  pen.fillStyle = '#fff'; // JPEG knows no transparency, which would come out black.
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}
