using System.CommandLine;
using System.Globalization;
using BtcAgent.Cli.Agents;
using BtcAgent.Cli.Output;
using BtcAgent.Contracts.Social;

namespace BtcAgent.Cli.Posts;

/// <summary>Lists the last posts of a running agent.</summary>
internal sealed class SocialPostsCommand : AgentCommand
{
    private const string Whole = "1";

    private readonly Option<int> _limit = new("--limit", "-n")
    {
        Description = $"how many, 1…{ISocialBoardGrain.PostsMax}",
        HelpName = "N",
        DefaultValueFactory = _ => 20,
    };

    public SocialPostsCommand()
        : base("posts", "Lists the last posts that a running agent has read, with tone, weight and the reasons for the weight.", "btcagent social posts --limit 50") =>
        Options.Add(_limit);

    protected override async Task<int> RunAsync(AgentClient agent, ParseResult arguments, CommandOutput output, CancellationToken cancellationToken)
    {
        var posts = await agent.GetAsync<IReadOnlyList<JudgedPost>>(
            string.Create(CultureInfo.InvariantCulture, $"social/posts?limit={arguments.GetValue(_limit)}"), cancellationToken);
        output.Answer(new PostList(posts), text =>
        {
            if (posts.Count == 0)
            {
                text.WriteLine("no post was read yet; 'btcagent social sources' shows whether one can come");
                return;
            }

            var table = new TextTable("received", "source", "class", ">tone", ">weight", "less because of", "text");
            foreach (var post in posts)
            {
                table.Add(
                    Figures.Time(post.ReceivedAt), post.Source, Figures.Word(post.Class), Figures.Number(post.Tone, "0.00"), Figures.Number(post.Weight, "0.000"),
                    Reasons(post), post.Text ?? $"(removed: {Figures.Word(post.Removed ?? PostRemovalReason.Deleted)})");
            }

            foreach (var line in table.Whole(output.Width))
            {
                text.WriteLine(line);
            }
        });
        return ExitCodes.Ok;
    }

    /// <summary>The two smallest factors.</summary>
    private static string Reasons(JudgedPost post) => string.Join(", ", post.Factors.Where(factor => Figures.Number(factor.Value, "0.##") != Whole)
        .OrderBy(factor => factor.Value).Take(2).Select(factor => $"{factor.Name} {Figures.Number(factor.Value, "0.##")}"));
}
