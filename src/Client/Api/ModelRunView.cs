using BtcAgent.Domain.Signals;

namespace BtcAgent.Client.Api;

/// <summary>A running model on one instrument.</summary>
/// <param name="Instrument">Instrument of its samples.</param>
/// <param name="Trades">True for the champion, false for a shadow.</param>
/// <param name="Counters">Counters since it was opened.</param>
public sealed record ModelRunView(string Instrument, bool Trades, ModelRun Counters);
