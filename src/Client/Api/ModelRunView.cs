using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Client.Api;

/// <summary>A running model on one instrument.</summary>
/// <param name="Instrument">Instrument of its samples.</param>
/// <param name="Trades">True for the champion, false for a shadow.</param>
/// <param name="Counters">Counters since it was opened.</param>
/// <param name="Watch">Drift, calibration and service against its training; null before its first sample, and while watching is off.</param>
public sealed record ModelRunView(string Instrument, bool Trades, ModelRun Counters, ModelWatchReading? Watch);
