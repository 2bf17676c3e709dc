using BtcAgent.Domain.Access;

namespace BtcAgent.Domain.Tests.Access;

/// <summary>The rules of the issued keys.</summary>
public sealed class KeyRingTests
{
    private static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_800_000_000_000);

    [Fact]
    public void Create_NameOfAnActiveKey_IsRefusedAndOfAnEndedOneAccepted()
    {
        var ring = KeyRing.Empty.Create(Wanted("a", "ada"), "operator", Start).Ring;

        Assert.Contains("active with the name", ring.Create(Wanted("b", "ada"), "operator", Start).Refusal, StringComparison.Ordinal);
        Assert.NotNull(ring.Create(Wanted("b", "Ada"), "operator", Start).Refusal);
        Assert.Null(ring.Revoke("a", Start).Ring.Create(Wanted("b", "ada"), "operator", Start).Refusal);
        Assert.Null(ring.Create(Wanted("b", "ada"), "operator", Start + TimeSpan.FromDays(1)).Refusal);
    }

    [Fact]
    public void Create_MoreThanFit_DropsTheOldestEndedOneOrRefuses()
    {
        var ring = KeyRing.Empty;
        for (var i = 0; i < KeyRing.KeysMax; i++)
        {
            ring = ring.Create(Wanted($"k{i}", $"name{i}"), "operator", Start).Ring;
        }

        Assert.Contains("revoke one", ring.Create(Wanted("more", "more"), "operator", Start).Refusal, StringComparison.Ordinal);
        var after = ring.Revoke("k7", Start).Ring.Create(Wanted("more", "more"), "operator", Start).Ring;
        Assert.Equal(KeyRing.KeysMax, after.Keys.Length);
        Assert.Null(after.Find("k7"));
    }

    [Fact]
    public void Revoke_Twice_IsRefusedTheSecondTime()
    {
        var ring = KeyRing.Empty.Create(Wanted("a", "ada"), "operator", Start).Ring.Revoke("a", Start).Ring;

        Assert.Equal(ApiKeyState.Revoked, ring.Find("a")!.StateAt(Start));
        Assert.Contains("revoked", ring.Revoke("a", Start).Refusal, StringComparison.Ordinal);
        Assert.Contains("revoked", ring.Rotate("a", "d", TimeSpan.Zero, Start).Refusal, StringComparison.Ordinal);
        Assert.Contains("does not exist", ring.Revoke("b", Start).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Rotate_Key_KeepsTheFormerDigestForTheGracePeriod()
    {
        var key = KeyRing.Empty.Create(Wanted("a", "ada"), "operator", Start).Ring.Rotate("a", "new", TimeSpan.FromMinutes(5), Start).Key!;

        Assert.Equal(("new", "digest of a"), (key.Digest, key.FormerDigest));
        Assert.Equal(Start + TimeSpan.FromMinutes(5), key.FormerUntil);
    }

    [Fact]
    public void Used_WithinAMinute_ChangesNothing()
    {
        var ring = KeyRing.Empty.Create(Wanted("a", "ada"), "operator", Start).Ring.Used("a", Start);

        Assert.Same(ring, ring.Used("a", Start + TimeSpan.FromSeconds(59)));
        Assert.Equal(Start + TimeSpan.FromSeconds(60), ring.Used("a", Start + TimeSpan.FromSeconds(60)).Find("a")!.LastUsedAt);
        Assert.Same(ring, ring.Used("unknown", Start));
    }

    [Fact]
    public void Roles_EachName_IsReadBack() =>
        Assert.All(Enum.GetValues<AccessRole>(), role => Assert.Equal(role, AccessRoles.Find(AccessRoles.NameOf(role))));

    private static NewApiKey Wanted(string id, string name) =>
        new(id, name, $"digest of {id}", AccessRole.Viewer, AccessScope.All, Start + TimeSpan.FromDays(1));
}
