using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Alerts.Settings;

/// <summary>SMS by any provider with an HTTP API: a POST for each recipient.</summary>
public sealed class SmsOptions
{
    /// <summary>Address of the API; <c>{to}</c> and <c>{text}</c> are replaced, escaped for an address. Required.</summary>
    [Required]
    public string Url { get; set; } = "";

    /// <summary>
    /// Body of the request; <c>{to}</c> and <c>{text}</c> are replaced, escaped for its type. Default <c>{"to":"{to}","text":"{text}"}</c>.
    /// </summary>
    public string Body { get; set; } = """{"to":"{to}","text":"{text}"}""";

    /// <summary>
    /// Type of the body: <c>application/json</c> or <c>application/x-www-form-urlencoded</c>. Default <c>application/json</c>.
    /// </summary>
    [RegularExpression("application/(json|x-www-form-urlencoded)")]
    public string ContentType { get; set; } = "application/json";

    /// <summary>Name of a header with the secret. Default <c>Authorization</c>.</summary>
    [RegularExpression("[A-Za-z0-9-]{1,64}")]
    public string Header { get; set; } = "Authorization";

    /// <summary>File with that header's whole value, such as <c>Bearer …</c>. Default empty: no such header.</summary>
    public string HeaderFile { get; set; } = "";

    /// <summary>Numbers of the recipients. Required.</summary>
    [MinLength(1)]
    public List<string> To { get; } = [];
}
