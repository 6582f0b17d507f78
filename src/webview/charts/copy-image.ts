import * as l10n from '@vscode/l10n';
import type { RequestClient } from '../../protocol/bridge';
import { themeColors } from '../theme';

/**
 * Puts a chart on the clipboard as PNG, with its title on the theme's background. Where the clipboard takes no
 * images, offers to save it. Returns what to tell the person.
 */
export async function copyImage(chart: HTMLCanvasElement, title: string, requests: RequestClient): Promise<string> {
  const blob = await picture(chart, title);
  if (!blob) return l10n.t('Could not make the image');
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
    return l10n.t('Image copied');
  } catch {
    try {
      const { saved } = await requests.ask({ kind: 'saveImage', name: title, png: await blob.arrayBuffer() });
      return saved ? l10n.t('Image saved') : '';
    } catch {
      return l10n.t('Could not save the image');
    }
  }
}

function picture(chart: HTMLCanvasElement, title: string): Promise<Blob | null> {
  const ratio = devicePixelRatio;
  const head = 22 * ratio;
  const canvas = document.createElement('canvas');
  canvas.width = chart.width;
  canvas.height = chart.height + head;
  const context = canvas.getContext('2d');
  if (!context) return Promise.resolve(null);
  const colors = themeColors();
  context.fillStyle = colors.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = colors.foreground;
  context.font = `600 ${12 * ratio}px ${colors.font}`;
  context.fillText(title, 10 * ratio, 15 * ratio);
  context.drawImage(chart, 0, head);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
