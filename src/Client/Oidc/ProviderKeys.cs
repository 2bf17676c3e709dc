using BtcAgent.Client.Access;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace BtcAgent.Client.Oidc;

/// <summary>
/// The provider's signing keys, from its discovery document. Read again after <see cref="OidcOptions.RefreshMinutes"/>, and when a token
/// names an unknown key, at most every <see cref="UnknownKeyEvery"/>: a flood of invented keys causes few reads. A key that the provider
/// has withdrawn is refused from the next read on. While the provider does not answer, the last keys are used for
/// <see cref="KeptMax"/>. Thread-safe.
/// </summary>
internal sealed partial class ProviderKeys(IOptions<GatewayOptions> options, TimeProvider time, ILogger<ProviderKeys> logger) : IDisposable
{
    public static readonly TimeSpan UnknownKeyEvery = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan KeptMax = TimeSpan.FromHours(1);

    private readonly SafeDocuments _documents = new();
    private readonly Lock _gate = new();
    private Task<OpenIdConnectConfiguration?> _reading = Task.FromResult<OpenIdConnectConfiguration?>(null);
    private OpenIdConnectConfiguration? _known;
    private long _knownAt;
    private long? _triedAt;

    private OidcOptions Oidc => options.Value.Oidc;

    /// <returns>The key with this id; null when the provider has none.</returns>
    /// <exception cref="ProviderUnavailableException">The keys cannot be read, and those known are too old.</exception>
    public async Task<SecurityKey?> FindAsync(string id)
    {
        var configuration = await CurrentAsync(Oidc.RefreshEvery);
        if (KeyOf(configuration, id) is { } known)
        {
            return known;
        }

        return KeyOf(await CurrentAsync(UnknownKeyEvery), id);
    }

    public void Dispose() => _documents.Dispose();

    private static SecurityKey? KeyOf(OpenIdConnectConfiguration configuration, string id) =>
        configuration.SigningKeys.FirstOrDefault(key => key.KeyId == id && key is not SymmetricSecurityKey);

    private async Task<OpenIdConnectConfiguration> CurrentAsync(TimeSpan ageMax)
    {
        Task<OpenIdConnectConfiguration?> reading;
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var age = _reading is { IsCompletedSuccessfully: true, Result: null } ? UnknownKeyEvery : ageMax;
            if (_triedAt is not { } at || (_reading.IsCompleted && time.GetElapsedTime(at, now) >= age))
            {
                _triedAt = now;
                _reading = ReadAsync();
            }

            reading = _reading;
        }

        if (await reading is { } read)
        {
            return read;
        }

        lock (_gate)
        {
            return _known is { } known && time.GetElapsedTime(_knownAt) < KeptMax ? known : throw new ProviderUnavailableException(Oidc.Authority);
        }
    }

    /// <returns>Null when the provider does not answer.</returns>
    private async Task<OpenIdConnectConfiguration?> ReadAsync()
    {
        try
        {
            // The first request must not read the documents while it holds the lock.
            await Task.Yield();
            var configuration = await OpenIdConnectConfigurationRetriever.GetAsync(
                $"{Oidc.Authority.TrimEnd('/')}/.well-known/openid-configuration", _documents, CancellationToken.None);
            if (configuration.Issuer?.TrimEnd('/') != Oidc.Authority.TrimEnd('/'))
            {
                throw new InvalidOperationException($"its document names the issuer '{configuration.Issuer}': set {OidcOptions.Section}:Authority to the issuer");
            }

            Keep(configuration);
            return configuration;
        }
        catch (Exception e)
        {
            bool hasKeys;
            lock (_gate)
            {
                hasKeys = _known is not null && time.GetElapsedTime(_knownAt) < KeptMax;
            }

            LogNotRead(
                logger,
                Oidc.Authority,
                e.GetBaseException().Message.Split('\n')[0].TrimEnd(),
                hasKeys ? "the last ones are used for an hour at most" : "tokens are refused until they can; keys of this agent are still accepted");
            return null;
        }
    }

    private void Keep(OpenIdConnectConfiguration configuration)
    {
        bool isNew;
        lock (_gate)
        {
            isNew = _known is null || !_known.SigningKeys.Select(key => key.KeyId).SequenceEqual(configuration.SigningKeys.Select(key => key.KeyId));
            (_known, _knownAt) = (configuration, time.GetTimestamp());
        }

        if (isNew)
        {
            LogRead(logger, Oidc.Authority, string.Join(", ", configuration.SigningKeys.Select(key => key.KeyId)));
        }
    }
}
