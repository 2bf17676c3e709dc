using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BtcAgent.Streaming.Kafka;

/// <summary>Validates a provider's options and those of its topics; the message names the provider.</summary>
internal sealed class KafkaStreamOptionsValidator(string provider) : IValidateOptions<KafkaStreamOptions>
{
    public ValidateOptionsResult Validate(string? name, KafkaStreamOptions options)
    {
        if (name != provider)
        {
            return ValidateOptionsResult.Skip;
        }

        var failures = Problems(options).Select(problem => $"Kafka stream provider '{provider}': {problem}").ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Problems(KafkaStreamOptions options)
    {
        foreach (var problem in Check(options))
        {
            yield return problem;
        }

        foreach (var topic in options.Topics)
        {
            foreach (var problem in Check(topic))
            {
                yield return $"topic '{topic.Name}': {problem}";
            }
        }

        foreach (var twice in options.Topics.GroupBy(topic => topic.Name).Where(group => group.Count() > 1))
        {
            yield return $"topic '{twice.Key}' is listed twice";
        }

        if (options.Topics.Any(topic => topic.Name == options.DeadLetterTopic))
        {
            yield return $"'{options.DeadLetterTopic}' is the dead-letter topic and cannot be a stream's topic";
        }
    }

    private static IEnumerable<string> Check(object options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.Select(result => result.ErrorMessage!);
    }
}
