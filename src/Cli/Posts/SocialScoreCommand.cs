using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Social;
using BtcAgent.Social.Scoring;

namespace BtcAgent.Cli.Posts;

/// <summary>Scores texts or posts, line by line. A line that is not a post is reported and does not lose the others.</summary>
internal sealed class SocialScoreCommand : CliCommand
{
    private const string StandardInput = "-";

    /// <summary>Lines whose problems are shown; further ones are counted.</summary>
    private const int ProblemsShown = 20;

    private readonly Func<Stream> _standardInput;

    private readonly Argument<string> _input = new("input")
    {
        Description = "a file with one text or one JSON post on each line, or - for standard input",
    };

    private readonly Option<string?> _model = ChosenScorer.Option();

    /// <param name="standardInput">Opens the standard input.</param>
    public SocialScoreCommand(Func<Stream> standardInput)
        : base(
            "score",
            "Scores the tone and the weight of posts, with the reasons for both. Posts are in the order of their receipt: a near copy of an earlier one counts less.",
            "btcagent social score posts.jsonl")
    {
        _standardInput = standardInput;
        Arguments.Add(_input);
        Options.Add(_model);
    }

    protected override string WhenInterrupted => "the posts shown are scored";

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        using var input = Open(arguments.GetValue(_input)!);
        using var tone = ChosenScorer.Open(arguments.GetValue(_model));
        var scorer = PostScorer.Create(tone.Scorer);
        if (!output.IsJson)
        {
            output.Line(tone.Listed, listed => $"{listed.Describe()}{Environment.NewLine}{ScoredPostText.Headings}");
        }

        var (posts, refused, time) = (0L, 0L, Timestamp.Unknown);
        foreach (var line in PostLines.Read(input, cancellationToken))
        {
            if (string.IsNullOrWhiteSpace(line.Text) && line.Problem is null)
            {
                continue;
            }

            try
            {
                var post = PostFormat.Read(line.Text ?? throw new InvalidDataException(line.Problem), time);
                time = post.ReceivedAt;
                output.Line(ScoredPost.Of(line.Number, scorer.Score(post)), scored => ScoredPostText.Of(scored, post.Text, output.Width));
                posts++;
            }
            catch (Exception e) when (e is InvalidDataException or ScoringException)
            {
                refused++;
                if (refused <= ProblemsShown)
                {
                    output.Remark($"btcagent: line {line.Number} {(e is ScoringException ? "has no tone: " : "")}{TerminalText.Of(e.Message)}");
                }
            }
        }

        if (refused > ProblemsShown)
        {
            output.Remark($"btcagent: {Figures.Count(refused - ProblemsShown)} further lines were refused");
        }

        if (!output.IsJson || refused > 0)
        {
            output.Remark($"{Figures.Count(posts)} posts scored, {Figures.Count(refused)} lines refused");
        }

        return refused == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private Stream Open(string path)
    {
        if (path == StandardInput)
        {
            return _standardInput();
        }

        if (Directory.Exists(path))
        {
            throw new UsageException($"'{path}' is a folder: name a file, or - for standard input");
        }

        return File.Exists(path)
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite)
            : throw new UsageException($"there is no file '{path}': name one, or - for standard input");
    }
}
