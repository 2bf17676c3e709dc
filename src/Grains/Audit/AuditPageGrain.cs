using System.Collections.Immutable;
using BtcAgent.Contracts.Audit;
using BtcAgent.Grains.Storage;

namespace BtcAgent.Grains.Audit;

/// <summary>One page of the audit. A failed write ends the activation, so that the next one reads what is stored.</summary>
internal sealed class AuditPageGrain(
    [PersistentState(GrainStateNames.AuditPage, GrainStateNames.Provider)] IPersistentState<AuditPageGrainState> state) : Grain, IAuditPageGrain
{
    /// <summary>The stored lines: interleaving reads never see one that could still be lost.</summary>
    private ImmutableArray<StoredAuditLine> Lines { get; set; } = [];

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Lines = state.State.Lines;
        return Task.CompletedTask;
    }

    public Task Append(ImmutableArray<StoredAuditLine> lines) => Write([.. Lines, .. lines]);

    public Task Replace(StoredAuditLine line) => Write([line]);

    public Task<ImmutableArray<StoredAuditLine>> Read() => Task.FromResult(Lines);

    private async Task Write(ImmutableArray<StoredAuditLine> lines)
    {
        state.State.Lines = lines;
        await state.WriteOrDeactivate(this);
        Lines = lines;
    }
}
