using BtcAgent.Domain.Access;
using Orleans.Concurrency;

namespace BtcAgent.Contracts.Access;

/// <summary>Key: <see cref="Key"/>, the only one. Holds the keys of all gateways; it never sees a secret, only digests.</summary>
[Alias("IAccessGrain")]
public interface IAccessGrain : IGrainWithStringKey
{
    const string Key = "access";

    /// <summary>Returns the stored keys.</summary>
    [Alias("GetKeys"), AlwaysInterleave]
    Task<KeyRing> GetKeys();

    /// <summary>Stores a new key before it returns.</summary>
    [Alias("Create")]
    Task<KeyAnswer> Create(NewApiKey wanted, string by);

    /// <summary>Replaces a key's secret, and stores that before it returns; the former secret is accepted for a grace period.</summary>
    [Alias("Rotate")]
    Task<KeyAnswer> Rotate(string id, string digest, TimeSpan grace);

    /// <summary>Revokes a key for good, and stores that before it returns.</summary>
    [Alias("Revoke")]
    Task<KeyAnswer> Revoke(string id);

    /// <summary>Records that a key was used; stored at most once a minute for each key.</summary>
    [Alias("NoteUse")]
    Task NoteUse(string id);
}
