using BtcAgent.Client.Operators;
using BtcAgent.Contracts.Access;
using BtcAgent.Domain;
using BtcAgent.Domain.Access;

namespace BtcAgent.Client.Tests.Access;

/// <summary>The keys of a gateway, over a real ring, without a store.</summary>
internal sealed class AccessDouble(TimeProvider time) : IAccessGrain
{
    private KeyRing _ring = KeyRing.Empty;

    /// <summary>Calls that read the keys.</summary>
    public int Reads { get; private set; }

    /// <summary>While true, the keys cannot be read.</summary>
    public bool IsSilent { get; set; }

    private Timestamp Now => Timestamp.FromDateTimeOffset(time.GetUtcNow());

    /// <returns>The key as its holder sends it.</returns>
    public string Issue(string name, AccessRole role, AccessScope? scope = null, TimeSpan? until = null)
    {
        var text = ApiKeyText.New();
        var change = _ring.Create(
            new NewApiKey(text.Id, name, text.Digest, role, scope ?? AccessScope.All, Now + (until ?? TimeSpan.FromDays(365))), "operator", Now);
        Assert.Null(change.Refusal);
        _ring = change.Ring;
        return text.ToString();
    }

    public ApiKey KeyOf(string name) => _ring.Keys.Last(key => key.Name == name);

    public Task<KeyRing> GetKeys()
    {
        Reads++;
        return IsSilent ? Task.FromException<KeyRing>(new TimeoutException("the silo does not answer")) : Task.FromResult(_ring);
    }

    public Task<KeyAnswer> Create(NewApiKey wanted, string by) => Apply(_ring.Create(wanted, by, Now));

    public Task<KeyAnswer> Rotate(string id, string digest, TimeSpan grace) => Apply(_ring.Rotate(id, digest, grace, Now));

    public Task<KeyAnswer> Revoke(string id) => Apply(_ring.Revoke(id, Now));

    public Task NoteUse(string id)
    {
        _ring = _ring.Used(id, Now);
        return Task.CompletedTask;
    }

    private Task<KeyAnswer> Apply(KeyRingChange change)
    {
        _ring = change.Ring;
        return Task.FromResult(new KeyAnswer(change.Key, change.Refusal));
    }
}
