using System.CommandLine;
using BtcAgent.Cli.Output;
using BtcAgent.Social.Lexicons;
using BtcAgent.Social.Scoring;

namespace BtcAgent.Cli.Posts;

/// <summary>Lists the scorers that <c>social score</c> can use.</summary>
internal sealed class SocialModelsCommand() : CliCommand("models", "Lists the scorers of tones with id, hash, terms and classes.", "btcagent social models")
{
    protected override int Run(ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var lexicon = new LexiconScorer(Lexicon.Embedded);
        ListedScorer[] scorers = [new(lexicon.Id, lexicon.Hash, lexicon.Terms, Enum.GetValues<ToneClass>())];
        output.Answer(new ListedScorers(scorers), text =>
        {
            var table = new TextTable("scorer", ">terms", "classes", "SHA-256");
            foreach (var scorer in scorers)
            {
                table.Add(scorer.Id, Figures.Count(scorer.Terms), string.Join(", ", scorer.Classes.Select(Figures.Word)), scorer.Hash);
            }

            foreach (var line in table.Lines())
            {
                text.WriteLine(line);
            }
        });
        return ExitCodes.Ok;
    }
}
