using System.CommandLine;
using BtcAgent.Cli.Output;

namespace BtcAgent.Cli.Posts;

/// <summary>Lists the scorers that <c>social score</c> can use.</summary>
internal sealed class SocialModelsCommand : CliCommand
{
    private readonly Option<string?> _model = ChosenScorer.Option();

    public SocialModelsCommand()
        : base("models", "Lists the scorers of tones with id, hash, terms and classes.", "btcagent social models") => Options.Add(_model);

    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        using var lexicon = ChosenScorer.Open(null);
        using var model = arguments.GetValue(_model) is { } folder ? ChosenScorer.Open(folder) : null;
        ListedScorer[] scorers = [lexicon.Listed, .. model is null ? [] : new[] { model.Listed }];
        output.Answer(new ListedScorers(scorers), text =>
        {
            var table = new TextTable("scorer", ">terms", "classes", "SHA-256");
            foreach (var scorer in scorers)
            {
                table.Add(SafeText.Of(scorer.Id), scorer.Terms is { } terms ? Figures.Count(terms) : "", SafeText.Of(string.Join(", ", scorer.Classes)), scorer.Hash);
            }

            foreach (var line in table.Lines())
            {
                text.WriteLine(line);
            }
        });
        return ExitCodes.Ok;
    }
}
