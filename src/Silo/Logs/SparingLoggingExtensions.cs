using Microsoft.Extensions.Logging.Console;

namespace BtcAgent.Silo.Logs;

/// <summary>Logs to the console as JSON, repeats counted.</summary>
internal static class SparingLoggingExtensions
{
    public static ILoggingBuilder AddSparingJsonConsole(this ILoggingBuilder logging)
    {
        logging.AddJsonConsole(o =>
        {
            o.UseUtcTimestamp = true;
            o.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        });
        var console = logging.Services.Single(service => service.ImplementationType == typeof(ConsoleLoggerProvider));
        logging.Services.Remove(console);
        logging.Services.AddSingleton<ConsoleLoggerProvider>();
        logging.Services.AddSingleton<ILoggerProvider>(provider => new SparingLoggerProvider(
            provider.GetRequiredService<ConsoleLoggerProvider>(), TimeProvider.System));
        return logging;
    }
}
