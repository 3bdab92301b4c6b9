/**
 * What other people's programs make of a file: FFmpeg (pictures, duration) and ExifTool (label). For tests alone, which run them
 * where they are there: `apt install ffmpeg libimage-exiftool-perl`, or any other way to get both.
 *
 * What it is not: part of anything that is shipped.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const programs = { ffmpeg: '-version', ffprobe: '-version', exiftool: '-ver' };

/** Those that are not there. */
export function missingTools() {
  return Object.entries(programs).flatMap(([program, option]) => {
    try {
      execFileSync(program, [option], { stdio: 'ignore' });
      return [];
    } catch {
      return [program];
    }
  });
}

/**
 * @param {string} base64 the file
 * @param {string} format the end of its name
 * @returns {{ width: number, height: number, frames: number, seconds: number, rgb: string,
 *   tags: Record<string, string>, label: Record<string, unknown> }} rgb: all pictures, three bytes a pixel, as base64; tags: what
 *   FFprobe lists of the whole file; label: what ExifTool finds in its XMP
 */
export function readByTools(base64, format) {
  const folder = mkdtempSync(join(tmpdir(), 'snowglobe-media-'));
  try {
    const path = join(folder, `film.${format}`);
    writeFileSync(path, Buffer.from(base64, 'base64'));
    const quiet = ['-v', 'error'];
    const probe = (entries) =>
      JSON.parse(
        execFileSync('ffprobe', [...quiet, '-count_frames', '-show_entries', entries, '-of', 'json', path], {
          encoding: 'utf8',
        }),
      );
    const { streams, format: container } = probe('stream=width,height,nb_read_frames:format=duration:format_tags');
    const [{ width, height, nb_read_frames: frames }] = streams;
    const args = [...quiet, '-i', path, '-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'];
    const rgb = execFileSync('ffmpeg', args, { maxBuffer: 2 ** 28 }).toString('base64');
    const [label] = JSON.parse(execFileSync('exiftool', ['-json', '-XMP:all', path], { encoding: 'utf8' }));
    return {
      width,
      height,
      frames: Number(frames),
      seconds: Number(container.duration),
      tags: container.tags ?? {},
      rgb,
      label,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
