using System.Globalization;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using BtcAgent.Storage.Objects;
using BtcAgent.Testing;

namespace BtcAgent.Storage.Tests.Objects;

/// <summary>A second S3 server, whose Debian 12 version checks <c>If-None-Match</c>, but not <c>If-Match</c>.</summary>
public sealed class CephObjectStoreTests(CephServer server) : ObjectStoreContract, IClassFixture<CephServer>
{
    private static int s_buckets;
    private string? _bucket;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected override async Task<IObjectStore> OpenAsync() => ObjectStores.Open(await OptionsAsync(), "unused");

    [Fact]
    public async Task Probe_OnlyIfNoneMatch_SaysWhatIsLost()
    {
        using var store = await OpenAsync();
        Assert.Equal(ConditionalWrites.IfAbsent, await store.ProbeAsync(Cancel));
        Assert.Equal(
            "conditional writes: create-only; without If-Match, two writers that replace one object at the same instant both succeed and the later one wins",
            store.Conditions.Describe());
    }

    [Fact]
    public async Task Put_LargerThanAPart_ArrivesWhole()
    {
        var options = await OptionsAsync();
        options.PartMb = 5;
        using var store = ObjectStores.Open(options, "unused");
        await store.ProbeAsync(Cancel);
        var content = RandomNumberGenerator.GetBytes((11 << 20) + 7);
        Assert.Equal(PutOutcome.Created, (await store.PutBytesAsync("big", content, PutCondition.IfAbsent, Cancel)).Outcome);
        Assert.Equal(PutOutcome.AlreadyThere, (await store.PutBytesAsync("big", content, PutCondition.IfAbsent, Cancel)).Outcome);
        Assert.Equal(SHA256.HashData(content), SHA256.HashData(await store.ReadBytesAsync("big", Cancel) ?? []));
    }

    [Theory]
    [InlineData("nobody", CephServer.SecretKey, "the server does not know the access key: correct AccessKey")]
    [InlineData(CephServer.AccessKey, "wrong-secret", "the secret is wrong: correct SecretKey or SecretKeyFile")]
    public async Task Probe_WrongCredentials_SaysWhich(string key, string secret, string what)
    {
        var options = await OptionsAsync();
        (options.AccessKey, options.SecretKey) = (key, secret);
        using var store = ObjectStores.Open(options, "unused");
        var error = await Assert.ThrowsAsync<ObjectStoreException>(() => store.ProbeAsync(Cancel));
        Assert.Equal((ObjectStoreFault.Credentials, $"s3://{options.Bucket}/ at {options.Endpoint}: {what}"), (error.Fault, error.Message));
    }

    [Fact]
    public async Task Probe_MissingBucket_SaysSo()
    {
        var options = await OptionsAsync();
        options.Bucket = "missing";
        using var store = ObjectStores.Open(options, "unused");
        var error = await Assert.ThrowsAsync<ObjectStoreException>(() => store.ProbeAsync(Cancel));
        Assert.Equal(ObjectStoreFault.Missing, error.Fault);
    }

    private async Task<ObjectStoreOptions> OptionsAsync()
    {
        await server.StartAsync();
        _bucket ??= await NewBucketAsync();
        return new()
        {
            Kind = ObjectStoreKind.S3,
            Bucket = _bucket,
            Endpoint = server.Endpoint,
            AccessKey = CephServer.AccessKey,
            SecretKey = CephServer.SecretKey,
        };
    }

    private async Task<string> NewBucketAsync()
    {
        using var client = new AmazonS3Client(
            new BasicAWSCredentials(CephServer.AccessKey, CephServer.SecretKey),
            new AmazonS3Config { ServiceURL = server.Endpoint, ForcePathStyle = true });
        var name = string.Create(CultureInfo.InvariantCulture, $"bucket{Interlocked.Increment(ref s_buckets)}");
        await client.PutBucketAsync(name, Cancel);
        return name;
    }
}
