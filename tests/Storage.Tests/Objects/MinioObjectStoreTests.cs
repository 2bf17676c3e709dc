using System.Security.Cryptography;
using BtcAgent.Storage.Objects;
using BtcAgent.Testing;

namespace BtcAgent.Storage.Tests.Objects;

public sealed class MinioObjectStoreTests(MinioServer server) : ObjectStoreContract, IClassFixture<MinioServer>
{
    private string? _bucket;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected override async Task<IObjectStore> OpenAsync() => ObjectStores.Open(await OptionsAsync(), "unused");

    [Fact]
    public async Task Probe_FindsBothConditions()
    {
        using var store = await OpenAsync();
        Assert.Equal(ConditionalWrites.None, store.Conditions);
        Assert.Equal(ConditionalWrites.Both, await store.ProbeAsync(Cancel));
        Assert.Equal(ConditionalWrites.Both, store.Conditions);
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
        var head = await store.HeadAsync("big", Cancel);

        Assert.EndsWith("-3\"", head!.ETag, StringComparison.Ordinal);
        Assert.Equal(SHA256.HashData(content), SHA256.HashData(await store.ReadBytesAsync("big", Cancel) ?? []));
        Assert.Equal(PutOutcome.Created, (await store.PutBytesAsync("big", content, PutCondition.IfMatch(head.ETag!), Cancel)).Outcome);
    }

    [Fact]
    public async Task List_MoreThanAPage_ReturnsAll()
    {
        using var store = await OpenAsync();
        await Parallel.ForAsync(0, 1_050, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancel },
            async (i, cancel) => await store.PutBytesAsync($"many/{i:D4}", [1], PutCondition.None, cancel));
        Assert.Equal(Enumerable.Range(0, 1_050).Select(i => $"many/{i:D4}"), await KeysAsync(store, "many/", null));
    }

    [Theory]
    [InlineData("nobody", MinioServer.SecretKey, ObjectStoreFault.Credentials, "the server does not know the access key: correct AccessKey")]
    [InlineData(MinioServer.AccessKey, "wrong-secret", ObjectStoreFault.Credentials, "the secret is wrong: correct SecretKey or SecretKeyFile")]
    public async Task Probe_WrongCredentials_SaysWhichWithoutTheSecret(string key, string secret, ObjectStoreFault fault, string what)
    {
        var options = await OptionsAsync();
        (options.AccessKey, options.SecretKey) = (key, secret);
        var error = await RefusedAsync(options);

        Assert.Equal((fault, $"s3://{options.Bucket}/ at {options.Endpoint}: {what}"), (error.Fault, error.Message));
        Assert.DoesNotContain(secret, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_MissingBucket_SaysSo()
    {
        var options = await OptionsAsync();
        options.Bucket = "missing";
        var error = await RefusedAsync(options);
        Assert.Equal(
            (ObjectStoreFault.Missing, $"s3://missing/ at {options.Endpoint}: the bucket does not exist: create it, or correct Bucket"),
            (error.Fault, error.Message));
    }

    [Fact]
    public async Task Put_ServerEncryptionWithoutKeys_SaysSo()
    {
        var options = await OptionsAsync();
        options.Encryption = ObjectEncryption.Aes256;
        var error = await RefusedAsync(options);
        Assert.StartsWith(
            $"s3://{options.Bucket}/ at {options.Endpoint}: the server cannot encrypt as asked (", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("): correct Encryption and KmsKeyId, or configure its keys", error.Message, StringComparison.Ordinal);
    }

    private static async Task<ObjectStoreException> RefusedAsync(ObjectStoreOptions options)
    {
        options.RetriesMax = 0;
        using var store = ObjectStores.Open(options, "unused");
        return await Assert.ThrowsAsync<ObjectStoreException>(() => store.ProbeAsync(Cancel));
    }

    private async Task<ObjectStoreOptions> OptionsAsync() => new()
    {
        Kind = ObjectStoreKind.S3,
        Bucket = _bucket ??= await server.NewBucketAsync(),
        Endpoint = server.Endpoint,
        AccessKey = MinioServer.AccessKey,
        SecretKey = MinioServer.SecretKey,
    };
}
