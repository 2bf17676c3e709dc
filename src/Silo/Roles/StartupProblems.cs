using BtcAgent.Alerts.Settings;
using BtcAgent.Client.Certificates;
using BtcAgent.Client.Operators;
using BtcAgent.Domain.MarketData;
using BtcAgent.Economy.Settings;
using BtcAgent.Exchanges.Binance.Execution.Signing;
using BtcAgent.Silo.Cluster.Tls;
using BtcAgent.Silo.Settings;
using BtcAgent.Silo.Settings.Checks;
using BtcAgent.Social.X.Settings;
using BtcAgent.Storage.Embedded;
using BtcAgent.Storage.Postgres;
using BtcAgent.Storage.Secrets;
using BtcAgent.Streaming.Kafka;
using Microsoft.Extensions.Options;

namespace BtcAgent.Silo.Roles;

/// <summary>Distinguishes failures that an operator can correct from internal errors.</summary>
internal static class StartupProblems
{
    /// <summary>
    /// Returns one line with the input and the remedy; null for an internal error, which keeps its stack trace.
    /// </summary>
    public static string? Explain(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case SettingsException or StartupException or EmbeddedStoreException or MarketFeedException or OperatorKeyException
                    or BinanceCredentialsException or PostgresStoreException or KafkaStreamException or ClusterCertificateException
                    or AlertSettingsException or BearerTokenException or FredKeyException or SecretException or GatewayCertificateException:
                    return e.Message;
                case AggregateException several when several.InnerExceptions.All(inner => inner is OptionsValidationException):
                    return $"settings: {string.Join("; ", several.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures))}";
                case OptionsValidationException options:
                    return $"settings: {string.Join("; ", options.Failures)}";
                case InvalidDataException { InnerException: FormatException } file:
                    return $"settings: {file.Message} {Innermost(file)}";
                case IOException io when io.Message.Contains("address already in use", StringComparison.OrdinalIgnoreCase):
                    return $"{io.Message} Stop what listens there, or start with --port N";
            }
        }

        return null;
    }

    /// <summary>Returns the exit code for an explained failure.</summary>
    public static int ExitCodeOf(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is SettingsException or OptionsValidationException or InvalidDataException)
            {
                return ExitCodes.Usage;
            }
        }

        return ExitCodes.Environment;
    }

    private static string Innermost(Exception exception) => exception.GetBaseException().Message.ReplaceLineEndings(" ");
}
