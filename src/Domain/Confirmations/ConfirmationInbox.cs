using System.Collections.Immutable;
using BtcAgent.Domain.Access;

namespace BtcAgent.Domain.Confirmations;

/// <summary>
/// Commands that need two persons. Invariants:
/// <list type="number">
/// <item>Nobody confirms their own request.</item>
/// <item>A confirmation is decided once, so that its command is carried out at most once.</item>
/// <item>Nothing is confirmed after its end.</item>
/// </list>
/// Immutable; a change returns a new inbox.
/// </summary>
[GenerateSerializer, Immutable, Alias("ConfirmationInbox")]
public sealed record ConfirmationInbox
{
    /// <summary>Confirmations that may be pending.</summary>
    public const int PendingMax = 50;

    /// <summary>… and of one person, so that nobody can keep the others out.</summary>
    public const int PendingOfOneMax = 10;

    /// <summary>Confirmations kept; beyond it the oldest decided one is dropped.</summary>
    public const int KeptMax = 200;

    public static ConfirmationInbox Empty { get; } = new();

    /// <summary>In order of request.</summary>
    [Id(0)] public ImmutableArray<Confirmation> Items { get; init; } = [];

    public Confirmation? Find(string id) => Items.FirstOrDefault(item => item.Id == id);

    /// <summary>Adds a request; a repeat of the same operation gets the one that it added.</summary>
    public ConfirmationChange Request(Confirmation wanted, Timestamp now)
    {
        if (wanted.Operation is { } operation && Items.FirstOrDefault(item => item.Operation == operation) is { } known)
        {
            return new ConfirmationChange(this, known, null);
        }

        if (Items.Count(item => item.StateAt(now) == ConfirmationState.Pending) >= PendingMax)
        {
            return Refuse($"{PendingMax} commands wait for a confirmation: confirm or refuse some first");
        }

        if (Items.Count(item => item.StateAt(now) == ConfirmationState.Pending && IsSame(item.RequestedBy, wanted.RequestedBy)) >= PendingOfOneMax)
        {
            return Refuse($"{PendingOfOneMax} commands of '{wanted.RequestedBy}' wait for a confirmation: others decide on them first, or they end");
        }

        if (Find(wanted.Id) is not null)
        {
            return Refuse($"confirmation {wanted.Id} exists already: repeat the request, which chooses another id");
        }

        var items = Items;
        if (items.Length >= KeptMax)
        {
            items = items.Remove(items.First(item => item.StateAt(now) != ConfirmationState.Pending));
        }

        return new ConfirmationChange(this with { Items = items.Add(wanted) }, wanted, null);
    }

    /// <param name="id">The confirmation.</param>
    /// <param name="by">Name of the second person.</param>
    /// <param name="role">Role of the second person.</param>
    /// <param name="now">Our clock.</param>
    /// <param name="operation">Id of the operation: a repeat gets its confirmation, whose command may not be complete; null for none.</param>
    public ConfirmationChange Confirm(string id, string by, AccessRole role, Timestamp now, string? operation = null) => Decide(id, now, operation, item =>
        IsSame(item.RequestedBy, by) ? (null, $"'{by}' has requested this: another person must confirm it")
        : role < item.Role ? (null, $"this needs the role {AccessRoles.NameOf(item.Role)}")
        : (item with { Stored = ConfirmationState.Confirmed, DecidedBy = by, DecidedAt = now, DecidedIn = operation }, null));

    /// <summary>Refuses it; the person who requested it may take it back so.</summary>
    public ConfirmationChange Refuse(string id, string by, string reason, Timestamp now, string? operation = null) => Decide(id, now, operation, item =>
        (item with { Stored = ConfirmationState.Refused, DecidedBy = by, DecidedAt = now, DecidedIn = operation, Result = reason }, null));

    /// <summary>Records what became of the command after its confirmation.</summary>
    public ConfirmationChange Finish(string id, bool isDone, string result) =>
        Find(id) is { Stored: ConfirmationState.Confirmed } item
            ? Replace(item, item with { Stored = isDone ? ConfirmationState.Done : ConfirmationState.Failed, Result = result })
            : Refuse($"confirmation '{id}' is not being carried out");

    private ConfirmationChange Decide(string id, Timestamp now, string? operation, Func<Confirmation, (Confirmation? Decided, string? Refusal)> decide)
    {
        if (Find(id) is not { } item)
        {
            return Refuse($"confirmation '{id}' does not exist");
        }

        if (operation is not null && item.DecidedIn == operation)
        {
            return new ConfirmationChange(this, item, null);
        }

        if (item.StateAt(now) is not ConfirmationState.Pending and var state)
        {
            return Refuse($"confirmation {id} is {state.ToString().ToLowerInvariant()}{(item.DecidedBy is { } who ? $" by {who}" : "")}");
        }

        var (decided, refusal) = decide(item);
        return decided is null ? Refuse(refusal!) : Replace(item, decided);
    }

    private ConfirmationChange Replace(Confirmation item, Confirmation changed) =>
        new(this with { Items = Items.Replace(item, changed) }, changed, null);

    /// <summary>Names that differ in case only are one person.</summary>
    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private ConfirmationChange Refuse(string why) => new(this, null, why);
}
