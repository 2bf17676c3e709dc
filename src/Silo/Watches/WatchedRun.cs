using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Silo.Watches;

/// <summary>A trained model in service on one instrument.</summary>
/// <param name="Strategy">Its strategy.</param>
/// <param name="Instrument">Instrument of its samples.</param>
/// <param name="Reading">Its watch.</param>
/// <param name="Run">Its counters; null when it has just been replaced.</param>
internal sealed record WatchedRun(string Strategy, string Instrument, ModelWatchReading Reading, ModelRun? Run);
