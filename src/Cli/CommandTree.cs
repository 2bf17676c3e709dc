using System.CommandLine;
using BtcAgent.Cli.Alerts;
using BtcAgent.Cli.Assistants;
using BtcAgent.Cli.Audits;
using BtcAgent.Cli.Backtests;
using BtcAgent.Cli.Backups;
using BtcAgent.Cli.Completion;
using BtcAgent.Cli.Confirmations;
using BtcAgent.Cli.Datasets;
using BtcAgent.Cli.Doctor;
using BtcAgent.Cli.Downloads;
using BtcAgent.Cli.Economy;
using BtcAgent.Cli.Experiments;
using BtcAgent.Cli.Histories;
using BtcAgent.Cli.Imports;
using BtcAgent.Cli.Inputs;
using BtcAgent.Cli.Keys;
using BtcAgent.Cli.Models;
using BtcAgent.Cli.Operations;
using BtcAgent.Cli.Optimizing;
using BtcAgent.Cli.Output;
using BtcAgent.Cli.Posts;
using BtcAgent.Cli.Profiles;
using BtcAgent.Cli.Retraining;
using BtcAgent.Cli.Strategies;
using BtcAgent.Cli.Tapes;
using BtcAgent.Cli.Training;
using BtcAgent.Cli.Watching;

namespace BtcAgent.Cli;

/// <summary>Builds and runs the commands of <c>btcagent</c>.</summary>
internal static class CommandTree
{
    public static RootCommand Create()
    {
        var tree = Commands();
        NumberCheck.AddTo(tree);
        return tree;
    }

    /// <returns>An exit code.</returns>
    public static int Invoke(string[] args, InvocationConfiguration configuration)
    {
        var tree = Create();
        ParseResult parsed;
        try
        {
            parsed = tree.Parse(args);
        }
        catch (InvalidOperationException e)
        {
            // A validator read an option that has no number: the library throws then instead of adding its error.
            configuration.Error.WriteLine($"btcagent: {PlainError.Of(e.Message)}");
            configuration.Error.WriteLine("btcagent: see --help");
            return ExitCodes.Usage;
        }

        var asksForSuggestions = args.Length > 0 && args[0].StartsWith("[suggest", StringComparison.Ordinal);
        string[] problems = [.. parsed.Errors.Select(e => PlainError.Of(e.Message)), .. Mistyped.Options(parsed)];
        if (problems.Length > 0 && !asksForSuggestions)
        {
            foreach (var problem in problems)
            {
                configuration.Error.WriteLine($"btcagent: {problem}");
            }

            configuration.Error.WriteLine("btcagent: see --help");
            return ExitCodes.Usage;
        }

        return parsed.Invoke(configuration);
    }

    private static RootCommand Commands() => new(
        """
        BtcAgent's command line: operates agents; datasets, training, models, backtests, tapes, backups.

        Exit codes: 0 success, 1 failed or refused, 2 invalid usage, 3 the machine is not ready or the agent cannot be reached,
        4 the key is not allowed to, 130 interrupted. With --json, standard output contains only the result.
        """)
    {
        new StatusCommand(),
        new WatchCommand(),
        new OrdersCommand(),
        new PositionsCommand(),
        new TradesCommand(),
        new DecisionsCommand(),
        new ExplainCommand(),
        new ModelsCommand(),
        new Command("optimizer", "Trainings of a running agent's models: status, run, cancel.")
        {
            new OptimizerStatusCommand(), new OptimizerRunCommand(), new OptimizerCancelCommand(),
        },
        new Command("risk", "Breakers and limits of a running agent: show, set.") { new RiskShowCommand(), new RiskSetCommand() },
        new Command("alerts", "Alerts of a running agent: list, acknowledge, test the channels.") { new AlertListCommand(), new AlertAckCommand(), new AlertTestCommand() },
        new Command("keys", "Keys of people and programs: list, create, rotate, revoke.")
        {
            new KeyListCommand(), new KeyCreateCommand(), new KeyRotateCommand(), new KeyRevokeCommand(),
            new Command("venue", "The key of the agent's venue, encrypted at rest: set, show, rotate, remove.")
            {
                new VenueKeySetCommand(), new VenueKeyShowCommand(), new VenueKeyRotateCommand(), new VenueKeyRemoveCommand(),
            },
        },
        new Command("ab", "Experiments of challengers against champions: status, start, confirm, stop, simulate.")
        {
            new AbStatusCommand(), new AbStartCommand(), AbDecisionCommand.Confirm(), AbDecisionCommand.Stop(), new AbSimulateCommand(),
        },
        new Command("confirm", "Commands that wait for a second person: list, accept, refuse.")
        {
            new ConfirmationListCommand(), ConfirmationDecisionCommand.Accept(), ConfirmationDecisionCommand.Refuse(),
        },
        ControlCommand.Halt(), ControlCommand.Resume(), ControlCommand.Flatten(), ControlCommand.Arm(), ControlCommand.Disarm(),
        new DoctorCommand(),
        new McpCommand(),
        new Command("profile", "Profiles: agents by name, with address and key file.") { new ProfileListCommand(), new ProfileSetCommand(), new ProfileRemoveCommand() },
        new Command("dataset", "Datasets of features and labels.") { new DatasetBuildCommand() },
        new TrainCommand(),
        new WalkForwardCommand(),
        new OptimizeCommand(TimeProvider.System),
        new Command("model", "Trained models: convert, show, verify, explain.")
        {
            new ModelConvertCommand(), new ModelShowCommand(), new ModelVerifyCommand(), new ModelExplainCommand(),
        },
        new Command("strategy", "Strategies in C#: write, list, check.") { new StrategyNewCommand(), new StrategyListCommand(), new StrategyCheckCommand() },
        new BacktestCommand(),
        new ReportCommand(),
        new ReplayCommand(),
        new RecordCommand(),
        new QueryCommand(),
        new Command("data", "The agent's history: list, check, export, import, download.")
        {
            new DataListCommand(), new DataCheckCommand(), new DataExportCommand(), new DataImportCommand(), new DataDownloadCommand(TimeProvider.System),
        },
        new Command("backup", "Backups of an agent's data folder.")
        {
            new BackupCreateCommand(), new BackupListCommand(), new BackupVerifyCommand(), new BackupRestoreCommand(),
        },
        new Command("audit", "The agent's audit: verify, show, export; fetch a copy from a running agent.")
        {
            new AuditVerifyCommand(TimeProvider.System), new AuditShowCommand(), new AuditExportCommand(), new AuditFetchCommand(),
        },
        new Command("social", "What people write about bitcoin: posts, tone, sources and budget of a running agent; score posts, list the scorers.")
        {
            new SocialPostsCommand(), new SocialSentimentCommand(), new SocialSourcesCommand(), new SocialBudgetCommand(),
            new SocialScoreCommand(Console.OpenStandardInput), new SocialTallyCommand(), new SocialModelsCommand(),
        },
        new EconomyCommand(),
        new CompletionCommand(),
    };
}
