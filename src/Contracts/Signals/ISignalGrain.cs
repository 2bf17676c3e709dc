using System.Collections.Immutable;
using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Trading;
using Orleans.Concurrency;

namespace BtcAgent.Contracts.Signals;

/// <summary>Key: <c>instrument/strategy</c>. Scores samples and passes signals on to risk.</summary>
[Alias("ISignalGrain")]
public interface ISignalGrain : IGrainWithStringKey
{
    /// <summary>Runs one sample through model, validation, risk and execution. Call in order of samples.</summary>
    [Alias("Evaluate")]
    Task<Decision> Evaluate(FeatureSample sample);

    /// <param name="limit">How many of the newest, 1…500.</param>
    [Alias("GetRecent"), AlwaysInterleave]
    Task<ImmutableArray<Signal>> GetRecent(int limit);

    /// <summary>
    /// Opens the models while decisions continue, stores the assignment, then swaps the models between two decisions. When the
    /// champion is refused nothing changes; a refused shadow is skipped. <see cref="SignalStatus.Refused"/> has the reason.
    /// </summary>
    [Alias("Assign"), AlwaysInterleave]
    Task<SignalStatus> Assign(ModelAssignment assignment);

    [Alias("GetStatus"), AlwaysInterleave]
    Task<SignalStatus> GetStatus();

    /// <summary>Returns the virtual accounts of the champion and its challengers; empty while there is no challenger.</summary>
    [Alias("GetAccounts"), AlwaysInterleave]
    Task<ImmutableArray<VirtualAccountSummary>> GetAccounts();

    /// <summary>Returns the watch of each trained model that scores here; empty before their first sample, and while watching is off.</summary>
    [Alias("GetWatches"), AlwaysInterleave]
    Task<ImmutableArray<ModelWatchReading>> GetWatches();
}
