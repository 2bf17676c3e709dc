using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BtcAgent.Testing;
using Confluent.Kafka;

namespace BtcAgent.Cli.Tests.Replays;

/// <summary>A broker that accepts clients only over TLS with a password.</summary>
internal sealed class SecuredBroker : IAsyncDisposable
{
    private const string User = "reader";
    private const string Password = "a=secret";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-tls-");

    public SecuredBroker()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(Authority, certificate.ExportCertificatePem());
        File.WriteAllText(Store, $"{key.ExportPkcs8PrivateKeyPem()}\n{certificate.ExportCertificatePem()}\n");
        File.WriteAllText(PasswordFile, $"{Password}\n");
        Broker = new KafkaBroker { Settings = SettingsOf };
    }

    public KafkaBroker Broker { get; }

    /// <summary>Arguments for <c>--kafka-setting</c>, with the password from a file.</summary>
    public string[] Arguments =>
    [
        .. Client.Select(setting => setting.Key == "sasl.password" ? $"{setting.Key}=@{PasswordFile}" : $"{setting.Key}={setting.Value}")
            .SelectMany(setting => new[] { "--kafka-setting", setting }),
    ];

    /// <summary>Settings of an accepted client.</summary>
    public ClientConfig Client => new(new Dictionary<string, string>
    {
        ["security.protocol"] = "SASL_SSL",
        ["ssl.ca.location"] = Authority,
        ["sasl.mechanism"] = "PLAIN",
        ["sasl.username"] = User,
        ["sasl.password"] = Password,
    });

    private string Authority => Path.Combine(_folder.FullName, "ca.pem");

    private string PasswordFile => Path.Combine(_folder.FullName, "password");

    private string Store => Path.Combine(_folder.FullName, "store.pem");

    public async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private IEnumerable<string> SettingsOf(int port) =>
    [
        $"listeners=SASL_SSL://127.0.0.1:{port},CONTROLLER://127.0.0.1:{port + 1}",
        $"advertised.listeners=SASL_SSL://127.0.0.1:{port}",
        "listener.security.protocol.map=SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT",
        "inter.broker.listener.name=SASL_SSL",
        "sasl.enabled.mechanisms=PLAIN",
        "sasl.mechanism.inter.broker.protocol=PLAIN",
        "listener.name.sasl_ssl.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required "
            + $"username=\"{User}\" password=\"{Password}\" user_{User}=\"{Password}\";",
        "ssl.keystore.type=PEM",
        $"ssl.keystore.location={Store}",
        "ssl.truststore.type=PEM",
        $"ssl.truststore.location={Authority}",
    ];
}
