const HEADER_BYTES = 44;

/**
 * Raw sound as a WAV file: one channel, 16 bits signed, little-endian.
 * Format: http://soundfile.sapp.org/doc/WaveFormat/
 */
export function wrapWav(pcm: Uint8Array, samplesPerS: number): Uint8Array {
  const file = new Uint8Array(HEADER_BYTES + pcm.length);
  const view = new DataView(file.buffer);
  const bytesPerSample = 2;
  writeText(file, 0, "RIFF");
  view.setUint32(4, HEADER_BYTES - 8 + pcm.length, true);
  writeText(file, 8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, samplesPerS, true);
  view.setUint32(28, samplesPerS * bytesPerSample, true);
  view.setUint16(32, bytesPerSample, true);
  view.setUint16(34, 8 * bytesPerSample, true);
  writeText(file, 36, "data");
  view.setUint32(40, pcm.length, true);
  file.set(pcm, HEADER_BYTES);
  return file;
}

function writeText(file: Uint8Array, at: number, text: string): void {
  for (let index = 0; index < text.length; index++) file[at + index] = text.charCodeAt(index);
}
