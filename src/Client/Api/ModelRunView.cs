using BtcAgent.Domain.Signals;

namespace BtcAgent.Client.Api;

/// <summary>A model at work on one instrument.</summary>
/// <param name="Instrument">Whose samples it scores.</param>
/// <param name="Trades">True for the champion, false for a shadow.</param>
/// <param name="Counters">Since it was opened.</param>
public sealed record ModelRunView(string Instrument, bool Trades, ModelRun Counters);
