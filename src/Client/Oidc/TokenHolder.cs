using BtcAgent.Domain.Access;

namespace BtcAgent.Client.Oidc;

/// <summary>The person or program that an accepted token names.</summary>
/// <param name="Name">Issuer and subject, by which its commands are recorded; no issued key can have such a name.</param>
/// <param name="Role">Its role here.</param>
/// <param name="Scope">Its portfolios.</param>
/// <param name="Until">End of the token.</param>
internal sealed record TokenHolder(string Name, AccessRole Role, AccessScope Scope, Timestamp Until);
