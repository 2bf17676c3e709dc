using Microsoft.Extensions.Logging.Console;

namespace BtcAgent.Silo.Logs;

/// <summary>
/// Logs to the console, repeats counted: for a person on a terminal, as JSON when redirected. <c>Logging:Console:FormatterName</c>
/// (<c>human</c>, <c>json</c>, or one of .NET's) selects the format in both cases.
/// </summary>
internal static class SparingLoggingExtensions
{
    public static ILoggingBuilder AddSparingConsole(this ILoggingBuilder logging)
    {
        logging.AddConsole().AddConsoleFormatter<HumanFormatter, ConsoleFormatterOptions>();
        logging.Services.PostConfigure<ConsoleLoggerOptions>(
            o => o.FormatterName ??= TerminalLine.IsTerminal ? HumanFormatter.FormatterName : ConsoleFormatterNames.Json);
        logging.Services.Configure<JsonConsoleFormatterOptions>(o =>
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
