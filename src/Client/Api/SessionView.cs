using System.Collections.Immutable;
using BtcAgent.Domain.Access;

namespace BtcAgent.Client.Api;

/// <summary>The caller of a request.</summary>
/// <param name="Name">Name by which its commands are recorded.</param>
/// <param name="Role">Its role.</param>
/// <param name="KeyId">Id of its key; null for the operator key.</param>
/// <param name="Portfolios">Its portfolios; empty for all.</param>
/// <param name="Verbs">Its commands; empty for all of the role.</param>
/// <param name="ExpiresAt">End of its key; null for the operator key.</param>
public sealed record SessionView(
    string Name, AccessRole Role, string? KeyId, ImmutableArray<string> Portfolios, ImmutableArray<string> Verbs, Timestamp? ExpiresAt);
