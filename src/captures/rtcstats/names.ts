/** Numbers stand for names in newer rtcstats files; a number is never given twice. */

/** Methods by number. */
const METHODS: Readonly<Record<string, string>> = {
  g: 'getStats',
  1: 'getStats',
  2: 'createOffer',
  3: 'createOfferOnSuccess',
  4: 'createAnswer',
  5: 'createAnswerOnSuccess',
  6: 'setLocalDescription',
  7: 'setLocalDescriptionOnSuccess',
  8: 'setRemoteDescription',
  9: 'setRemoteDescriptionOnSuccess',
  10: 'addIceCandidate',
  11: 'addIceCandidateOnSuccess',
  12: 'createOfferOnFailure',
  13: 'createAnswerOnFailure',
  14: 'setLocalDescriptionOnFailure',
  15: 'setRemoteDescriptionOnFailure',
  16: 'addIceCandidateOnFailure',
  20: 'onicecandidate',
  21: 'onicecandidateerror',
  22: 'ontrack',
  23: 'onsignalingstatechange',
  24: 'oniceconnectionstatechange',
  25: 'onconnectionstatechange',
  26: 'onicegatheringstatechange',
  27: 'onnegotiationneeded',
  28: 'ondatachannel',
  30: 'addTrack',
  31: 'addTrackOnSuccess',
  32: 'addTransceiver',
  33: 'addTransceiverOnSuccess',
  34: 'removeTrack',
  35: 'createDataChannel',
  36: 'close',
  37: 'restartIce',
  38: 'setConfiguration',
  39: 'create',
  40: 'constraints',
  41: 'setCodecPreferences',
  42: 'setHeaderExtensionsToNegotiate',
  50: 'setParameters',
  51: 'replaceTrack',
  60: 'navigator.mediaDevices.getUserMedia',
  61: 'navigator.mediaDevices.getUserMediaOnSuccess',
  63: 'navigator.mediaDevices.getDisplayMedia',
  64: 'navigator.mediaDevices.getDisplayMediaOnSuccess',
  65: 'navigator.mediaDevices.getUserMediaOnFailure',
  66: 'navigator.mediaDevices.enumerateDevices',
  67: 'navigator.mediaDevices.ondevicechange',
  68: 'navigator.mediaDevices.getDisplayMediaOnFailure',
  70: 'MediaStreamTrack.stop',
  71: 'MediaStreamTrack.applyConstraints',
  72: 'MediaStreamTrack.onended',
  73: 'MediaStreamTrack.onmute',
  74: 'MediaStreamTrack.onunmute',
  80: 'HTMLMediaElement.resize',
};

/** Types of statistics objects, the first is number 1. */
const TYPES = [
  'inbound-rtp outbound-rtp remote-inbound-rtp remote-outbound-rtp transport candidate-pair local-candidate',
  'remote-candidate data-channel peer-connection certificate media-source media-playout codec',
]
  .join(' ')
  .split(' ');

/** Members of statistics objects by the number of the first of each run. */
const MEMBERS: Readonly<Record<number, string>> = {
  4: 'payloadType transportId mimeType clockRate channels sdpFmtpLine ssrc kind codecId mediaType packetsReceived packetsLost',
  16: 'jitter trackIdentifier mid remoteId framesDecoded keyFramesDecoded framesDropped frameWidth frameHeight framesPerSecond',
  26: 'qpSum totalDecodeTime totalInterFrameDelay totalSquaredInterFrameDelay pauseCount totalPausesDuration freezeCount',
  33: 'totalFreezesDuration lastPacketReceivedTimestamp headerBytesReceived packetsDiscarded fecPacketsReceived',
  38: 'fecPacketsDiscarded fecBytesReceived fecSsrc bytesReceived nackCount firCount pliCount totalProcessingDelay',
  46: 'estimatedPlayoutTimestamp jitterBufferDelay jitterBufferTargetDelay jitterBufferEmittedCount jitterBufferMinimumDelay',
  51: 'totalSamplesReceived concealedSamples silentConcealedSamples concealmentEvents insertedSamplesForDeceleration',
  56: 'removedSamplesForAcceleration audioLevel totalAudioEnergy totalSamplesDuration framesReceived decoderImplementation',
  62: 'playoutId powerEfficientDecoder framesAssembledFromMultiplePackets totalAssemblyTime contentType googTimingFrameInfo',
  68: 'retransmittedPacketsReceived retransmittedBytesReceived rtxSsrc totalCorruptionProbability',
  72: 'totalSquaredCorruptionProbability corruptionMeasurements localId roundTripTime totalRoundTripTime fractionLost',
  78: 'roundTripTimeMeasurements packetsSent bytesSent mediaSourceId rid encodingIndex headerBytesSent',
  85: 'retransmittedPacketsSent retransmittedBytesSent targetBitrate totalEncodedBytesTarget framesSent hugeFramesSent',
  91: 'framesEncoded keyFramesEncoded totalEncodeTime totalPacketSendDelay qualityLimitationReason qualityLimitationDurations',
  97: 'qualityLimitationResolutionChanges encoderImplementation powerEfficientEncoder active scalabilityMode remoteTimestamp',
  103: 'reportsSent echoReturnLoss echoReturnLossEnhancement width height frames synthesizedSamplesDuration',
  110: 'synthesizedSamplesEvents totalPlayoutDelay totalSamplesCount dataChannelsOpened dataChannelsClosed label protocol',
  117: 'dataChannelIdentifier state messagesSent messagesReceived iceRole iceLocalUsernameFragment dtlsState iceState',
  125: 'selectedCandidatePairId localCertificateId remoteCertificateId tlsVersion dtlsCipher dtlsRole srtpCipher',
  132: 'selectedCandidatePairChanges rtcpTransportStatsId address port candidateType priority url relayProtocol foundation',
  141: 'relatedAddress relatedPort usernameFragment tcpType networkType isRemote ip localCandidateId remoteCandidateId',
  150: 'nominated lastPacketSentTimestamp currentRoundTripTime availableOutgoingBitrate availableIncomingBitrate',
  155: 'requestsReceived requestsSent responsesReceived responsesSent consentRequestsSent packetsDiscardedOnSend',
  161: 'bytesDiscardedOnSend writable fingerprint fingerprintAlgorithm base64Certificate issuerCertificateId psnrMeasurements',
  168: 'psnrSum packetsReceivedWithEct1 packetsReceivedWithCe packetsReportedAsLost packetsReportedAsLostButRecovered',
  173: 'packetsWithBleachedEct1Marking packetsSentWithEct1 ccfbMessagesSent ccfbMessagesReceived',
};

const MEMBER_NAMES = new Map<string, string>([['t', 'timestamp']]);
for (const [first, names] of Object.entries(MEMBERS)) {
  for (const [index, name] of names.split(' ').entries()) MEMBER_NAMES.set(String(Number(first) + index), name);
}

/** Name of a method: numbers are looked up, names and unknown numbers stay. */
export function methodName(method: string | number): string {
  const name = Object.hasOwn(METHODS, method) ? (METHODS[method] as string) : String(method);
  return name === 'getstats' ? 'getStats' : name;
}

/** Name of a member of a statistics object. */
export function memberName(key: string): string {
  return MEMBER_NAMES.get(key) ?? key;
}

/** Type of a statistics object. */
export function typeName(type: unknown): string {
  return typeof type === 'number' ? (TYPES[type - 1] ?? String(type)) : typeof type === 'string' ? type : '';
}
