using System.Text.Json;
using BtcAgent.Exchanges.Binance.Execution.Signing;
using BtcAgent.Exchanges.Binance.Settings;

namespace BtcAgent.Exchanges.Binance.Tests.Execution.Signing;

/// <summary>Signatures against the venue's published vectors and RFC 8032, and keys that never leak.</summary>
public sealed class SigningTests
{
    /// <summary>RFC 8032, section 7.1, test 1: a published key, as PKCS #8.</summary>
    private const string Pem = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
        -----END PRIVATE KEY-----
        """;

    [Fact]
    public void Sign_PublishedVectors_AreEqual()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(RecordedData.Require("binance-hmac-vectors/hmac_vectors.json")));
        var signer = new HmacSigner(json.RootElement.GetProperty("published_example_secret").GetString()!);
        var vectors = json.RootElement.GetProperty("vectors").EnumerateArray().ToList();
        Assert.Equal(4, vectors.Count);
        foreach (var vector in vectors)
        {
            Assert.Equal(vector.GetProperty("expected").GetString(), signer.Sign(vector.GetProperty("payload").GetString()!));
        }
    }

    [Fact]
    public void Parameters_PublishedVectors_AreBuiltTheSame()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(RecordedData.Require("binance-hmac-vectors/hmac_vectors.json")));
        foreach (var vector in json.RootElement.GetProperty("vectors").EnumerateArray())
        {
            var payload = vector.GetProperty("payload").GetString()!;
            var isRest = vector.GetProperty("name").GetString()!.StartsWith("rest", StringComparison.Ordinal);
            var parameters = new RequestParameters();
            foreach (var pair in payload.Split('&').OrderBy(_ => isRest ? 0 : 1))
            {
                parameters.With(pair.Split('=')[0], Uri.UnescapeDataString(pair.Split('=')[1]));
            }

            Assert.Equal(payload, isRest ? parameters.ToQuery() : parameters.ToSortedPayload());
        }
    }

    [Fact]
    public void Sign_Ed25519_EqualsRfc8032() => Assert.Equal(
        "5VZDAMNgrHKQhuLMgG6CioSHfx645dl02HPgZSJJAVVfuIIVkKM7rMYeOXAc+bRr0lv18FlbviRlUUFDjnoQCw==",
        Ed25519Signer.FromPem(Pem).Sign(""));

    [Theory]
    [InlineData("")]
    [InlineData("no key at all")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    public void FromPem_NoKey_IsRefusedWithoutQuotingIt(string pem)
    {
        var refusal = Assert.Throws<BinanceCredentialsException>(() => Ed25519Signer.FromPem(pem));
        Assert.Contains("openssl", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAA", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoKey_SaysHowToGiveOne()
    {
        var refusal = Assert.Throws<BinanceCredentialsException>(() => BinanceCredentials.Load(new BinanceTradingOptions()));
        Assert.Contains("BinanceTrading__ApiKey", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FromFiles_ReadsAndNeverShowsThem()
    {
        var folder = Directory.CreateTempSubdirectory("btcagent-keys-");
        try
        {
            var key = Path.Combine(folder.FullName, "key");
            var secret = Path.Combine(folder.FullName, "secret");
            File.WriteAllText(key, "the-api-key\n");
            File.WriteAllText(secret, "the-secret\n");
            var credentials = BinanceCredentials.Load(new BinanceTradingOptions { ApiKeyFile = key, SecretKeyFile = secret });
            Assert.Equal(new HmacSigner("the-secret").Sign("x"), credentials.Signer.Sign("x"));
            Assert.DoesNotContain("the-", $"{credentials}", StringComparison.Ordinal);
            Assert.DoesNotContain("the-", JsonSerializer.Serialize(credentials), StringComparison.Ordinal);

            var missing = Assert.Throws<BinanceCredentialsException>(
                () => BinanceCredentials.Load(new BinanceTradingOptions { ApiKeyFile = key, SecretKeyFile = secret + "x" }));
            Assert.Contains(secret + "x", missing.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
