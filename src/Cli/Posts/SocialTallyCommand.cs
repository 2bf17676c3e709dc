using System.CommandLine;
using System.Text;
using BtcAgent.Cli.Output;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Sentiment;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.Social;
using BtcAgent.Storage.Files;
using Spectre.Console;

namespace BtcAgent.Cli.Posts;

/// <summary>Adds posts up to the tallies that <c>--sentiment</c> of other commands reads.</summary>
internal sealed class SocialTallyCommand : CliCommand
{
    private readonly Argument<string> _input = new("input") { Description = "a file with one JSON post on each line, each with its receivedAt, in order" };

    private readonly Option<string> _out = new("--out") { Description = "file to write the tallies to, one JSON object on each line", Required = true };

    private readonly Option<double> _delay = new("--delay-s")
    {
        Description = "seconds from the receipt of a post until its score was known, 0 to 3600",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<double> _pause = new("--pause-max-s")
    {
        Description = "a longer pause between posts, in seconds, counts as a source that was away, 10 to 86400",
        DefaultValueFactory = _ => 600,
    };

    private readonly Option<string?> _model = ChosenScorer.Option();
    private readonly OverwriteOption _overwrite = new();

    public SocialTallyCommand()
        : base(
            "tally",
            "Scores posts of the past and adds them up second by second, as the agent does: the tallies that --sentiment of train and backtest puts beside a tape.",
            "btcagent social tally posts.jsonl --out tallies.jsonl")
    {
        Arguments.Add(_input);
        Options.Add(_out);
        Options.Add(_delay);
        Options.Add(_pause);
        Options.Add(_model);
        _overwrite.AddTo(this);
    }

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var (input, path) = (arguments.GetValue(_input)!, arguments.GetValue(_out)!);
        var (delay, pause) = (Seconds(arguments, _delay, 0, 3_600), Seconds(arguments, _pause, 10, 86_400));
        if (!File.Exists(input))
        {
            throw new UsageException($"there is no file '{input}': name one with a JSON post on each line");
        }

        _overwrite.Check(arguments, "--out", path, IsTallies);
        using var model = ChosenScorer.Open(arguments.GetValue(_model));
        var tallies = new PostTallies(PostScorer.Create(model.Scorer), delay, pause);
        var (text, posts, count, last) = (new StringBuilder(), 0L, 0L, Timestamp.Unknown);
        using var stream = new FileStream(input, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        foreach (var line in PostLines.Read(stream, cancellationToken).Where(line => line.Problem is not null || !string.IsNullOrWhiteSpace(line.Text)))
        {
            last = Add(line, last);
            posts++;
        }

        Write(tallies.End());
        AtomicFile.WriteAllBytes(path, Encoding.UTF8.GetBytes(text.ToString()));
        output.Result(new TalliedPosts(posts, count, model.Listed.Id, model.Listed.Hash, path), console =>
            console.WriteLine($"{Figures.Count(posts)} posts in {Figures.Count(count)} tallies, judged by {SafeText.Of(model.Listed.Id)}, written to {SafeText.Of(path)}"));
        return ExitCodes.Ok;

        Timestamp Add(PostLine line, Timestamp before)
        {
            try
            {
                var post = PostFormat.Read(line.Text ?? throw new InvalidDataException(line.Problem), Timestamp.Unknown);
                Write(tallies.Add(post.ReceivedAt >= before && post.ReceivedAt.IsKnown
                    ? post
                    : throw new InvalidDataException(post.ReceivedAt.IsKnown ? "was received before the line before it: sort the file by receivedAt" : "has no receivedAt: a post counts from when it was known")));
                return post.ReceivedAt;
            }
            catch (InvalidDataException e)
            {
                throw new UsageException($"'{input}' line {line.Number} {TerminalText.Of(e.Message)}");
            }
        }

        void Write(IEnumerable<SentimentTally> complete)
        {
            foreach (var tally in complete)
            {
                text.Append(SentimentFile.LineOf(in tally)).Append('\n');
                count++;
            }
        }
    }

    private static TimeSpan Seconds(ParseResult arguments, Option<double> option, double min, double max)
    {
        var value = arguments.GetValue(option);
        return value >= min && value <= max
            ? TimeSpan.FromSeconds(value)
            : throw new UsageException($"{option.Name} is {Figures.Number(value, "0.###")}: use {Figures.Number(min, "0")} to {Figures.Number(max, "0")} seconds");
    }

    private static bool IsTallies(string path)
    {
        try
        {
            return File.Exists(path) && SentimentFile.Read(path).Length > 0;
        }
        catch (MarketFeedException)
        {
            return false;
        }
    }
}
