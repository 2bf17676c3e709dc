using System.Collections.Immutable;

namespace BtcAgent.Domain.Idempotency;

/// <summary>
/// The last operations that a grain has carried out. A grain stores it in the same write as the operation's effect, so that it knows,
/// whenever it is asked again, whether the effect is there. Immutable; a change returns a new ledger.
/// </summary>
[GenerateSerializer, Immutable, Alias("OperationLedger")]
public sealed record OperationLedger
{
    /// <summary>Operations kept: a repeat after as many others is carried out again.</summary>
    public const int KeptMax = 200;

    public static OperationLedger Empty { get; } = new();

    /// <summary>Newest last.</summary>
    [Id(0)] public ImmutableArray<DoneOperation> Done { get; init; } = [];

    /// <summary>Returns null for an operation that was not carried out, and for none.</summary>
    public DoneOperation? Find(string? id) => id is null ? null : Done.LastOrDefault(done => done.Id == id);

    /// <summary>Adds an operation, or replaces its result; does nothing without an operation.</summary>
    public OperationLedger Add(string? id, string? result = null) => id is null ? this : this with
    {
        Done = [.. Done.Where(done => done.Id != id).TakeLast(KeptMax - 1), new DoneOperation(id, result)],
    };
}
