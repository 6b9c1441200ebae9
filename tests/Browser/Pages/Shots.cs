using Microsoft.Playwright;

namespace Crdt.Tests.Browser.Pages;

/// <summary>Pictures of windows side by side, for docs/browser.md: made where <c>CRDT_SHOTS</c> names a folder.</summary>
internal static class Shots
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("CRDT_SHOTS");

    public static async Task TakeAsync(string name, params Window[] windows)
    {
        if (Folder is null) return;
        await Task.Delay(TimeSpan.FromSeconds(1)); // Until the drawing has settled.
        var pictures = new List<string>();
        foreach (var window in windows) pictures.Add(Convert.ToBase64String(await window.Page.ScreenshotAsync()));
        var page = await windows[0].Page.Context.NewPageAsync();
        await page.SetViewportSizeAsync(windows.Sum(window => window.Page.ViewportSize!.Width + 12) - 12, windows[0].Page.ViewportSize!.Height);
        await page.SetContentAsync($"<body style='margin:0;display:flex;gap:12px;background:#888'>{string.Concat(pictures.Select(picture => $"<img src='data:image/png;base64,{picture}'>"))}", new() { WaitUntil = WaitUntilState.Load });
        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}.png") });
        await page.CloseAsync();
    }
}
