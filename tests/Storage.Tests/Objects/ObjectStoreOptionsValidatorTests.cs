using BtcAgent.Storage.Objects;

namespace BtcAgent.Storage.Tests.Objects;

public sealed class ObjectStoreOptionsValidatorTests
{
    public static TheoryData<ObjectStoreOptions, string> Wrong => new()
    {
        { new() { Kind = ObjectStoreKind.S3 }, "Kind=s3 needs Bucket" },
        { new() { Bucket = "b" }, "set Kind=s3" },
        { new() { Kind = ObjectStoreKind.S3, Bucket = "b", Endpoint = "minio:9000" }, "Endpoint must be an address" },
        { new() { Kind = ObjectStoreKind.S3, Bucket = "b", Endpoint = "http://user:secret@minio" }, "without user, password" },
        { new() { Kind = ObjectStoreKind.S3, Bucket = "b", AccessKey = "k" }, "AccessKey needs SecretKey" },
        { new() { Kind = ObjectStoreKind.S3, Bucket = "b", SecretKey = "s" }, "SecretKey without AccessKey" },
        { new() { Kind = ObjectStoreKind.S3, Bucket = "b", Prefix = "/a" }, "Prefix '/a'" },
        { new() { Kind = ObjectStoreKind.S3, Bucket = "b", KmsKeyId = "k" }, "KmsKeyId needs Encryption=kms" },
        { new() { PartMb = 4 }, "PartMb" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Validate_WrongSetting_NamesIt(ObjectStoreOptions options, string expected)
    {
        var result = new ObjectStoreOptionsValidator().Validate(null, options);
        Assert.Contains(expected, result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_RightSettings_Succeeds()
    {
        ObjectStoreOptions[] right =
        [
            new(),
            new() { Path = "/backups" },
            new() { Kind = ObjectStoreKind.S3, Bucket = "b" },
            new() { Kind = ObjectStoreKind.S3, Bucket = "b", Prefix = "a/", Endpoint = "https://minio:9000", AccessKey = "k", SecretKeyFile = "f" },
        ];
        Assert.All(right, options => Assert.True(new ObjectStoreOptionsValidator().Validate(null, options).Succeeded));
    }
}
