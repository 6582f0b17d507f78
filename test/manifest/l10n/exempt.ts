/** Texts that no reader's language applies to. The key is a file or folder of `src`. */
export const EXEMPT_FILES: Readonly<Record<string, string>> = {
  'src/captures/rtcstats/names.ts': 'methods and members by their number, as rtcstats names them',
  'src/tools/input.ts': 'told to language models',
  'src/tools/participant-tools.ts': 'answers for language models',
  'src/tools/places.ts': 'told to language models',
  'src/tools/session-tools.ts': 'answers for language models',
  'src/tools/words.ts': 'answers for language models',
  'src/sample/': 'calls that are made up: what a provider would answer',
};

/** Single texts, as `sources.ts` reads them, by file. Each is said the same in every language, or is no text for a reader. */
export const EXEMPT_TEXTS: Readonly<Record<string, readonly string[]>> = {
  // Ends of events’ names: `getUserMediaOnSuccess`.
  'src/captures/report/events.ts': ['Failure', 'Success'],
  // Kinds of errors; names that saved files hold; shapes of arguments; units.
  'src/commands/bad-calls/search.ts': ['Auth', 'Cancelled', 'Forbidden', 'Network'],
  'src/commands/files/saved-sessions.ts': ['Chat', 'Summary', 'Transcript'],
  'src/commands/report/export.ts': ['Markdown'],
  'src/commands/report/find-in-logs.ts': ['{} ms'],
  'src/commands/report/watch.ts': ['Auth', 'Cancelled', 'Forbidden'],
  'src/commands/session/read-all.ts': ['Auth', 'Chat', 'Forbidden', 'Network', 'Summary', 'Transcript'],
  'src/commands/tree/filter-input.ts': ['{ name, values }', '{ name, comparison: ">" or "<", value: a number }'],
  // Kinds of errors, of gaps and units: names.
  'src/core/errors.ts': ['Auth', 'Cancelled', 'Forbidden', 'Network'],
  'src/core/gaps.ts': ['not reported'],
  'src/core/in-sentence.ts': ['lower case'],
  'src/core/mask-sdp.ts': ['ufrag {}'],
  // Keys under which a person is found again.
  'src/core/mask.ts': ['custom {}', 'name {}', 'stay {}', 'user {}'],
  'src/core/network-word.ts': ['Bluetooth', 'Ethernet'],
  'src/core/presence.ts': ['id {}', 'name {}', 'stay {}'],
  'src/core/series.ts': ['% of time'],
  'src/core/user-agent.ts': [
    'Android',
    'Chrome',
    'Edge',
    'Firefox',
    'Linux',
    'Opera',
    'Safari',
    'Samsung Internet',
    'Windows',
  ],
  'src/diagnosis/compare.ts': ['{} kbit/s'],
  // Keys of pairs and of people.
  'src/diagnosis/pair-streams.ts': ['alike {}', 'ends {}', 'kind {}'],
  'src/diagnosis/rules/blame.ts': ['after {}', 'receiver {}', 'sender {}'],
  // Sources of rules: titles of products and documents.
  'src/diagnosis/rules/context.ts': ['ObserveRTC client monitor'],
  'src/diagnosis/rules/decode.ts': ['ObserveRTC client monitor', 'ObserveRTC client monitor; W3C webrtc-stats'],
  'src/diagnosis/rules/delay.ts': ['ObserveRTC client monitor', 'ObserveRTC client monitor; webrtc-issue-detector'],
  'src/diagnosis/rules/hms.ts': ['100ms error events'],
  'src/diagnosis/rules/ice.ts': ['ObserveRTC client monitor'],
  'src/diagnosis/rules/joining.ts': ['100ms peer insights', 'ObserveRTC client monitor'],
  'src/diagnosis/rules/limits.ts': ['ObserveRTC client monitor; W3C webrtc-stats'],
  'src/diagnosis/rules/mediamelon.ts': ['MediaMelon metrics dictionary'],
  'src/diagnosis/rules/mos.ts': ['Twilio Voice Insights; ITU-T G.107'],
  'src/diagnosis/rules/network.ts': [
    'Twilio Voice Insights; Microsoft Teams call quality',
    'Twilio Voice Insights; Microsoft Teams call quality; Sinch',
    'Twilio Voice Insights; Microsoft Teams call quality; Sinch; ITU-T G.114',
  ],
  'src/diagnosis/rules/video.ts': [
    'Microsoft Teams call quality',
    'ObserveRTC client monitor',
    'Twilio voice SDK monitor; ObserveRTC client monitor',
  ],
  'src/diagnosis/session/view.ts': ['id {}', 'name {}'],
  // Pages' markup and policy.
  'src/panel/html.ts': [
    '<!DOCTYPE html> <html lang="{}"> <head> <meta charset="utf-8"> <meta http-equiv="Content-Security-Policy" content="{}"> <meta name="viewport" content="width=device-width, initial-scale=1"> <title>{}</title> <style nonce="{}">{}</style> </head> <body> <div id="root" data-page="{}"></div>{} <script nonce="{}">{}</script> </body> </html>',
    '<script type="application/json" id="words">{}</script>',
  ],
  'src/panel/live-refresh.ts': ['Auth', 'Cancelled', 'Forbidden'],
  // What the log calls a page.
  'src/panel/webview-page.ts': ['Comparison', 'Report', 'Session'],
  // Why a page's message is refused: nobody but its author reads it.
  'src/protocol/schema.ts': ['image too large'],
  // How a language model goes on after an error.
  'src/tools/index.ts': [
    'Check the ids with peerscope_find_session, or ask the person for the id of the session.',
    'Correct the parameter and call again.',
    'Do not retry at once: the provider limits how often it can be asked.',
    'Do not retry: the key may not read this. The person has to use another key or plan.',
    'Do not retry: the person has to enter the key again with the command "Peerscope: Edit Connection…".',
    'Do not retry: the provider sent an answer that cannot be used. Details are in the Peerscope log.',
    'One retry is fine; after that tell the person that the provider cannot be reached.',
    'One retry is fine; after that tell the person that the provider does not answer in time.',
    'Reports appear some time after a call and are kept for a limited time. Try another participant, or later.',
  ],
  'src/ui/log.ts': ['Peerscope'],
  'src/providers/hms/client.ts': ['Bearer {}'],
  // Columns as 100ms names them.
  'src/providers/hms/kept/chat.ts': ['Message', 'Roles', 'Type'],
  'src/providers/http/attempt.ts': ['Peerscope'],
  // A line of the log.
  'src/providers/http/client.ts': ['{} {} {} {} ms, attempt {}'],
  // Kinds of errors.
  'src/providers/http/failures.ts': ['Auth', 'Forbidden', 'Network'],
  // Names as in MediaMelon's dictionary.
  'src/providers/mediamelon/form.ts': ['playdur, cdn_change_rate, player'],
  // The id of a room.
  'src/providers/mediamelon/map.ts': ['[no asset name]'],
  'src/providers/realtimekit/client.ts': ['Bearer {}'],
  'src/providers/realtimekit/report/layers.ts': ['mid {}', 'ssrc {}'],
  'src/providers/whereby/client.ts': ['Bearer {}', 'Whereby'],
  'src/providers/whereby/descriptor.ts': ['Whereby'],
  // Ends of names of columns.
  'src/providers/whereby/report/streams.ts': ['Recv', 'Send'],
  'src/webview/compare/model.ts': ['Transport'],
  // Which of two the shared component stands in.
  'src/webview/session/header.tsx': ['Session'],
  'src/webview/session/stay-table-model.ts': ['Worst'],
  // Selectors, fonts, colours, keys, and names of formats.
  'src/webview/cells.ts': ['tbody :is(td, th), dd', 'table, dl', 'td, th, dd', 'td, th, dt, dd', 'tr, dl > div'],
  'src/webview/charts/copy-image.ts': ['600 {}px {}'],
  'src/webview/charts/csv.ts': ['into call (s)'],
  'src/webview/charts/lane-strip.tsx': ['color-mix(in srgb, {} {}%, transparent)'],
  'src/webview/charts/plot-layers.ts': ['{}px {}'],
  'src/webview/charts/plot.ts': ['11px {}'],
  'src/webview/components/client.tsx': ['SDK'],
  'src/webview/components/header.tsx': ['Report'],
  'src/webview/context-menu.ts': [
    'input, textarea',
    'td, th, dd, [data-field], .sdp-line, .raw-line, .sentences li, h1',
  ],
  'src/webview/format.ts': ['{} bit/s', '{} kbit/s'],
  'src/webview/sdp.ts': ['bundle {}', 'mid {}'],
  'src/webview/stream-groups.ts': ['what {}', 'who {} {}'],
};
