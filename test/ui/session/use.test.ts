/** What a person does with the session page: reading, pointing, keys, sorting, and what happens when something fails. */
import assert from 'node:assert/strict';
import { CallError } from '../../../src/core/errors';
import { eventually } from '../eventually';
import { MadeProvider, REF, START, stay } from './calls';
import { SessionTestPage } from './harness';

/** Berlin is two hours ahead of UTC in May: the call begins at 12:00. */
function standUp(): MadeProvider {
  const provider = new MadeProvider();
  provider.people = [
    stay('h1', 'Host', 0, 30, { role: 'host' }),
    stay('a1', 'Caller A', 2, 10, { role: 'guest' }),
    stay('a2', 'Caller A', 12, 30, { role: 'guest' }),
    stay('b1', 'Caller B', 5, 20, { role: 'guest' }),
    stay('r1', 'Recorder', 1, 30, { role: 'recorder' }),
  ];
  return provider;
}

describe('the session page in use', () => {
  let page: SessionTestPage | undefined;
  const open = async (options: Parameters<typeof SessionTestPage.open>[0]) => {
    page = await SessionTestPage.open(options);
    return page;
  };
  afterEach(async () => {
    await page?.close();
    page = undefined;
  });

  it('heads with room, time, length, people and stays, each named', async () => {
    const session = await open({ provider: standUp(), dashboardUrl: 'https://dash.example/x' });
    session.show(REF);
    await session.ready();
    const text = async (name: string) => (await session.field(name).innerText()).replace(/\s*·\s*$/, '');
    assert.equal(await text('name'), 'Patient call 4411');
    assert.equal(await text('when'), '6 May 2024, 12:00:00–12:30:00');
    assert.equal(await text('length'), 'lasted 30 min');
    assert.equal(await text('people'), '3 people, 5 stays, 1 recorder');
    // 30 + 8 + 18 + 15 + 29 minutes
    assert.equal(await text('minutes'), '100 participant-minutes');
    await session.page.getByRole('button', { name: 'Dashboard' }).click();
    await session.page.getByRole('button', { name: 'Copy ID' }).click();
    await session.page.getByRole('button', { name: 'Copied' }).waitFor();
    await eventually(() => assert.deepEqual([session.opened, session.clipboard], [['https://dash.example/x'], ['s1']]));
    assert.deepEqual(session.complaints, []);
  });

  it('has one row for each person, with a bar for each stay in its place', async () => {
    const session = await open({ provider: standUp() });
    session.show(REF);
    await session.ready();
    assert.deepEqual(await session.people(), ['Host', 'Caller A', 'Caller B', 'Recorder']);
    const row = session.page.locator('.person').filter({ hasText: 'Caller A' });
    assert.equal(await row.locator('.stay').count(), 2);
    const track = await row.locator('.track').boundingBox();
    const second = await row.locator('[data-stay=a2]').boundingBox();
    assert.ok(track && second);
    // From minute 12 of 30 to the end; half a pixel is rounding.
    assert.ok(Math.abs(second.x - (track.x + track.width * 0.4)) < 1);
    assert.ok(Math.abs(second.x + second.width - (track.x + track.width)) < 1);
    const looks = await session.page
      .locator('[data-stay=r1], [data-stay=h1]')
      .evaluateAll((bars) => bars.map((bar) => getComputedStyle(bar).backgroundImage.split('(')[0]));
    assert.deepEqual(looks.sort(), ['none', 'repeating-linear-gradient'], 'the recorder has another pattern');
  });

  it('says who was there under the pointer, and with whom at a name; a bar opens its report', async () => {
    const session = await open({ provider: standUp() });
    session.show(REF);
    await session.ready();
    const host = session.page.locator('.person').filter({ hasText: 'Host' }).locator('.track');
    const box = await host.boundingBox();
    assert.ok(box);
    // A quarter of an hour: Host, Caller A and Caller B.
    await host.hover({ position: { x: box.width / 2, y: 5 } });
    const reads = (expected: string | RegExp) =>
      eventually(async () => assert.match(await session.field('readOut').innerText(), new RegExp(expected)));
    await reads(/^12:1[45]:\d\d · 3 here: Host, Caller A, Caller B \+ Recorder$/);
    await session.page.locator('button.person-name').filter({ hasText: 'Caller B' }).hover();
    await reads(/^Caller B: 12:05:00–12:20:00 \(15 min\) · with Host 15 min, Recorder 15 min, Caller A 13 min$/);
    await eventually(async () => assert.equal(await session.page.locator('.overlap-shade').count(), 1));
    await session.page.locator('[data-stay=a2]').click();
    await eventually(() =>
      assert.deepEqual(session.commands, [['peerscope.openParticipant', { ...REF, participantId: 'a2' }]]),
    );
  });

  it('does all that by keyboard, and says it', async () => {
    const session = await open({ provider: standUp() });
    session.show(REF);
    await session.ready();
    const slider = session.page.getByRole('slider', { name: 'Time cursor' });
    await slider.focus();
    await slider.press('Home');
    await slider.press('ArrowRight');
    // A hundredth of half an hour is 18 seconds.
    await session.page.locator('[role=slider][aria-valuetext="12:00:18"]').waitFor();
    const said = session.page.locator('.sr-only[aria-live=polite]');
    await said.filter({ hasText: '12:00:18 · 1 here: Host' }).waitFor();
    await slider.press('+');
    // Half of the time, with the cursor a hundredth from the left as before: 9 seconds before it.
    await said.filter({ hasText: 'In view: 12:00:09 to 12:15:09' }).waitFor();
    await slider.press('0');
    await session.page.keyboard.press('Tab');
    const focused = () => session.page.evaluate('document.activeElement.getAttribute("aria-label")');
    await eventually(async () => assert.match(String(await focused()), /^Host: 12:00:00–12:30:00/));
    await session.page.keyboard.press('ArrowDown');
    const second = /^Caller A: 12:02:00–12:10:00, 12:12:00–12:30:00 \(2 stays, 26 min\)/;
    await eventually(async () => assert.match(String(await focused()), second));
    await session.page.keyboard.press('Enter');
    const longest = [['peerscope.openParticipant', { ...REF, participantId: 'a2' }]];
    await eventually(() => assert.deepEqual(session.commands, longest, 'the longest'));
  });

  it('zooms in by dragging without opening what was pressed, and out by a double click', async () => {
    const session = await open({ provider: standUp() });
    session.show(REF);
    await session.ready();
    const bar = await session.page.locator('[data-stay=h1]').boundingBox();
    assert.ok(bar);
    const y = bar.y + bar.height / 2;
    await session.page.mouse.move(bar.x + bar.width * 0.4, y);
    await session.page.mouse.down();
    await session.page.mouse.move(bar.x + bar.width * 0.6, y, { steps: 4 });
    await session.page.mouse.up();
    await session.page.locator('[data-stay=a1]').waitFor({ state: 'detached' });
    await session.page.getByRole('button', { name: 'Reset zoom', disabled: false }).waitFor();
    assert.deepEqual(session.commands, []);
    await session.page.locator('.count-row .track').dblclick();
    await session.page.locator('[data-stay=a1]').waitFor();
    await session.page.getByRole('button', { name: 'Reset zoom', disabled: true }).waitFor();
  });

  it('reads times by the clock or into the call, orders rows, and keeps it all over hide and show', async () => {
    const session = await open({ provider: standUp() });
    session.show(REF);
    await session.ready();
    const joined = () => session.field('joined').first().innerText();
    assert.equal(await joined(), '12:00:00');
    await session.page.getByRole('button', { name: 'Time into call' }).click();
    await eventually(async () => assert.equal(await joined(), '0:00'));
    await session.field('order').selectOption('name');
    const byName = ['Caller A', 'Caller B', 'Host', 'Recorder'];
    const byStay = ['Host', 'Recorder', 'Caller A (2)', 'Caller B', 'Caller A'];
    await eventually(async () => assert.deepEqual(await session.people(), byName));
    await session.page.locator('[data-sort=stayed]').click();
    await session.page.locator('[data-sort=stayed]').click();
    await eventually(async () => assert.deepEqual(await session.names(), byStay));
    assert.equal(
      await session.page
        .locator('[aria-sort=descending]')
        .innerText()
        .then((text) => text.trim()),
      'Stayed\n↓',
    );
    await session.page.locator('[data-section=facts] .fold').click();
    await session.hideAndShow();
    await eventually(async () => assert.deepEqual(await session.names(), byStay));
    await eventually(async () => assert.deepEqual(await session.people(), byName));
    assert.equal(await session.page.locator('[data-section=facts] .fold').getAttribute('aria-expanded'), 'false');
    assert.doesNotMatch(JSON.stringify(session.state), /Caller/, 'no names are kept');
  });

  it('filters the table, and opens a report by a click on its row', async () => {
    const session = await open({ provider: standUp() });
    session.show(REF);
    await session.ready();
    await session.page.getByRole('searchbox', { name: 'Filter participants' }).fill('guest caller');
    await eventually(async () => assert.deepEqual(await session.names(), ['Caller A', 'Caller B', 'Caller A (2)']));
    await session.field('matches').filter({ hasText: '3 of 5' }).waitFor();
    await session.page.locator('[data-participant=b1] [data-field=stayed]').click();
    await session.page.locator('[data-participant=a1] th button').press('Enter');
    await eventually(() =>
      assert.deepEqual(
        session.commands.map(([, ref]) => (ref as { participantId: string }).participantId),
        ['b1', 'a1'],
      ),
    );
    await session.page.getByRole('searchbox', { name: 'Filter participants' }).fill('nobody of that name');
    await session.page.getByText('No participant matches the filter.').waitFor();
  });

  it('reads reports on demand, four at a time, and shows median and worst', async () => {
    const provider = standUp();
    provider.people = Array.from({ length: 11 }, (_, index) => stay(`p${index}`, `Guest ${index}`, index, 30));
    provider.errors.set('p3', new CallError('NotYetAvailable', 'The provider has no report of this stay.'));
    const session = await open({ provider });
    session.show(REF);
    await session.ready();
    assert.equal(await session.field('packetLoss').count(), 0);
    await session.page.getByRole('button', { name: 'Read all reports (11)' }).click();
    await session.field('reportsResult').filter({ hasText: '10 of 11 reports read.' }).waitFor();
    assert.equal(provider.mostInFlight, 4);
    const row = session.page.locator('[data-participant=p0]');
    // Loss 0, 20 and 1 %, RTT 40, 50 and 60 ms; one sample of three is beyond 3 %.
    assert.match(await row.locator('[data-field=packetLoss]').innerText(), /▲\s*1\.0$/);
    assert.equal(await row.locator('[data-field=packetLossWorst]').innerText(), '20.0');
    assert.equal(await row.locator('[data-field=packetLossWorst]').getAttribute('title'), 'sent audio, 12:00:01');
    assert.equal(await row.locator('[data-field=rtt]').innerText(), '50');
    assert.equal(await row.locator('[data-field=mos]').count(), 0, 'no column for what no report measured');
    assert.equal(await session.field('notMeasured').innerText(), 'Not in these reports: MOS.');
    assert.equal(await row.locator('[data-field=client]').innerText(), 'Chrome 153 · Windows 11');
    const none = session.page.locator('[data-participant=p3] [data-field=noReport]');
    assert.equal(await none.innerText(), 'no report available');
    await session.page.getByRole('button', { name: 'Read the other reports (1)' }).waitFor();
    assert.deepEqual(session.complaints, []);
  });

  it('stops reading reports when the provider asks for patience, and when it is told to', async () => {
    const provider = standUp();
    provider.people = Array.from({ length: 40 }, (_, index) => stay(`p${index}`, `Guest ${index}`, 0, 30));
    provider.errors.set('p9', new CallError('RateLimited', 'Too many requests.', { retryAfterMs: 20_000 }));
    const session = await open({ provider });
    session.show(REF);
    await session.ready();
    await session.page.getByRole('button', { name: 'Read all reports (40)' }).click();
    await session
      .field('reportsResult')
      .filter({ hasText: 'Stopped after 11 of 40. Too many requests. Wait 20 s.' })
      .waitFor();
    provider.errors.clear();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const original = provider.getReport.bind(provider);
    provider.getReport = async (ref, signal) => {
      if (ref.participantId === 'p20') await held;
      return original(ref, signal);
    };
    await session.page.getByRole('button', { name: 'Read the other reports (29)' }).click();
    await session.field('reportsProgress').filter({ hasText: '8 of 29 reports' }).waitFor();
    await session.page.getByRole('button', { name: 'Cancel' }).click();
    release();
    await session
      .field('reportsResult')
      .filter({ hasText: /^Stopped after \d+ of 29\.$/ })
      .waitFor();
    assert.ok(!provider.asked.includes('report p39'));
  });

  it('asks before it reads more than 200 stays', async () => {
    const provider = standUp();
    provider.people = Array.from({ length: 330 }, (_, index) => stay(`p${index}`, `Guest ${index}`, 0, 30));
    const session = await open({ provider });
    session.show(REF);
    await session.ready();
    await session.field('moreStays').filter({ hasText: '200 of 330 stays were read.' }).waitFor();
    assert.equal(await session.rows().count(), 200);
    assert.equal((await session.people()).length, 40, 'the first rows of the timeline');
    await session.page.getByRole('button', { name: 'Show all 200 rows' }).click();
    await eventually(async () => assert.equal((await session.people()).length, 200));
    await session.page.getByRole('button', { name: 'Load more' }).click();
    await session.page.getByRole('button', { name: 'Show all 330 rows' }).waitFor();
    await session.field('moreStays').waitFor({ state: 'detached' });
  });

  it('says what failed and what helps, and recovers', async () => {
    const provider = standUp();
    provider.errors.set('session', new CallError('Auth', 'RealtimeKit did not accept the key.'));
    provider.errors.set('participants', new CallError('TimedOut', 'No answer within 30 s.'));
    const session = await open({ provider });
    session.show(REF);
    await session.page.getByRole('heading', { name: 'The key was not accepted' }).waitFor();
    assert.equal(await session.field('error').innerText(), 'RealtimeKit did not accept the key.');
    await session.page.getByRole('button', { name: 'Edit Connection' }).click();
    await session.page.getByRole('button', { name: 'Show Log' }).click();
    const ran = [['peerscope.editConnection', { id: 'c1' }], ['peerscope.showLog']];
    await eventually(() => assert.deepEqual(session.commands, ran));
    provider.errors.delete('session');
    await session.page.getByRole('button', { name: 'Retry' }).click();
    await session
      .field('error')
      .filter({ hasText: 'Not all participants could be read: No answer within 30 s.' })
      .waitFor();
    await session.page.getByText('The participants could not be read.').waitFor();
    provider.errors.clear();
    await session.page.getByRole('button', { name: 'Retry' }).click();
    await session.ready();
    await session.field('error').waitFor({ state: 'detached' });
    provider.errors.set('session', new CallError('Network', 'The provider cannot be reached.'));
    await session.page.getByRole('button', { name: 'Refresh' }).click();
    await session.field('error').filter({ hasText: 'could not be read again' }).waitFor();
    assert.equal(await session.rows().count(), 5, 'what was there stays');
  });

  it('says that nobody came', async () => {
    const provider = new MadeProvider();
    const session = await open({ provider });
    session.show(REF);
    await session.field('nobody').filter({ hasText: 'Nobody joined this session' }).waitFor();
    assert.equal(await session.rows().count(), 0);
  });

  it('follows a live session, with open bars, and keeps the zoom', async () => {
    const provider = standUp();
    provider.session = { id: 's1', roomName: 'Desk', status: 'live', startedAt: Date.now() - 600_000 };
    const joined = { joinedAt: Date.now() - 500_000 };
    provider.people = [stay('x', 'Agent', 0, undefined, joined)];
    const session = await open({ provider, liveRefreshSeconds: 0.2 });
    session.show(REF);
    await session.ready();
    await session.field('live').waitFor();
    assert.equal(await session.page.locator('[data-stay=x].here').count(), 1);
    const slider = session.page.getByRole('slider', { name: 'Time cursor' });
    await slider.focus();
    await slider.press('+');
    provider.people = [...provider.people, stay('y', 'Caller', 0, undefined, joined)];
    await session.rows().nth(1).waitFor();
    assert.deepEqual(await session.people(), ['Agent', 'Caller']);
    assert.equal(await session.page.getByRole('button', { name: 'Reset zoom' }).isEnabled(), true);
    provider.session = { ...provider.session, status: 'ended', endedAt: Date.now() };
    await session.field('status').filter({ hasText: 'ended' }).waitFor();
  });

  it('links its breakout rooms', async () => {
    const provider = standUp();
    provider.session.breakoutRooms = [
      { id: 'room-1', roomName: 'Room 1', status: 'ended', startedAt: START, endedAt: START + 600_000 },
    ];
    const session = await open({ provider });
    session.show(REF);
    await session.page.locator('[data-room=room-1]').click();
    assert.deepEqual(session.commands, [
      ['peerscope.openSession', { connectionId: 'c1', appId: 'app', sessionId: 'room-1' }],
    ]);
  });
});
