using System.Collections.Immutable;

namespace BtcAgent.Domain.Access;

/// <summary>
/// The keys issued besides the operator key of the data folder. Names are unique among the active keys, so that a name in a
/// record means one holder. Immutable; a change returns a new ring.
/// </summary>
[GenerateSerializer, Immutable, Alias("KeyRing")]
public sealed record KeyRing
{
    /// <summary>Keys kept; beyond it the oldest revoked or expired one is dropped.</summary>
    public const int KeysMax = 200;

    /// <summary>Least time between two recorded uses of a key.</summary>
    public static readonly TimeSpan UseEvery = TimeSpan.FromMinutes(1);

    public static KeyRing Empty { get; } = new();

    /// <summary>In order of creation.</summary>
    [Id(0)] public ImmutableArray<ApiKey> Keys { get; init; } = [];

    public ApiKey? Find(string id) => Keys.FirstOrDefault(key => key.Id == id);

    /// <summary>The key that had the name at the time: the newest one created by then; null for another kind of caller.</summary>
    public ApiKey? HolderAt(string name, Timestamp time) =>
        Keys.LastOrDefault(key => key.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && key.CreatedAt <= time);

    public KeyRingChange Create(NewApiKey wanted, string by, Timestamp now)
    {
        if (Find(wanted.Id) is not null)
        {
            return Refuse($"key {wanted.Id} exists already: repeat the request, which chooses another id");
        }

        if (Keys.FirstOrDefault(key => key.Name.Equals(wanted.Name, StringComparison.OrdinalIgnoreCase) && key.StateAt(now) == ApiKeyState.Active) is { } same)
        {
            return Refuse($"key {same.Id} is active with the name '{wanted.Name}': rotate or revoke it, or choose another name");
        }

        var keys = Keys;
        if (keys.Length >= KeysMax)
        {
            if (keys.FirstOrDefault(key => key.StateAt(now) != ApiKeyState.Active) is not { } ended)
            {
                return Refuse($"{KeysMax} keys are active: revoke one first");
            }

            keys = keys.Remove(ended);
        }

        var created = new ApiKey
        {
            Id = wanted.Id,
            Name = wanted.Name,
            Digest = wanted.Digest,
            Role = wanted.Role,
            Scope = wanted.Scope,
            CreatedAt = now,
            CreatedBy = by,
            ExpiresAt = wanted.ExpiresAt,
        };
        return new KeyRingChange(this with { Keys = keys.Add(created) }, created, null);
    }

    /// <param name="id">The key.</param>
    /// <param name="digest">Digest of the new secret.</param>
    /// <param name="grace">How long the former secret is accepted.</param>
    /// <param name="now">Our clock.</param>
    public KeyRingChange Rotate(string id, string digest, TimeSpan grace, Timestamp now) => Change(id, now, key => key with
    {
        Digest = digest,
        FormerDigest = key.Digest,
        FormerUntil = now + grace,
        RotatedAt = now,
    });

    public KeyRingChange Revoke(string id, Timestamp now) => Change(id, now, key => key with { RevokedAt = now });

    /// <summary>Records a use; returns this ring when the last recorded one is less than <see cref="UseEvery"/> before.</summary>
    public KeyRing Used(string id, Timestamp at) =>
        Find(id) is { } key && (key.LastUsedAt is not { } last || at >= last + UseEvery)
            ? this with { Keys = Keys.Replace(key, key with { LastUsedAt = at }) }
            : this;

    private KeyRingChange Change(string id, Timestamp now, Func<ApiKey, ApiKey> change)
    {
        if (Find(id) is not { } key)
        {
            return Refuse($"key '{id}' does not exist");
        }

        if (key.StateAt(now) is not ApiKeyState.Active and var ended)
        {
            return Refuse($"key {id} is {ended.ToString().ToLowerInvariant()}: create a new one");
        }

        var changed = change(key);
        return new KeyRingChange(this with { Keys = Keys.Replace(key, changed) }, changed, null);
    }

    private KeyRingChange Refuse(string why) => new(this, null, why);
}
