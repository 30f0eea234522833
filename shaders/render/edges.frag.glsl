// Turns accumulated energy D into ink: alpha = 1 - exp(-strength * z). Where strokes are few, z is D. Where many cross, z
// is how far D stands above its local mean, in standard deviations of strokes strewn at random (a Poisson count): a
// bundle stands out of a crowd as a single stroke does on empty paper.
precision highp float;

uniform sampler2D energy; // r: nonlocal, g: local; one texel a device pixel of the tile
uniform sampler2D crowding; // nonlocal energy x length per area, 1 / layout units: of a cell, right, below, both
uniform vec2 crowdingSize; // cells
uniform vec4 sheet; // min x, max y, width, height: layout units
uniform vec2 viewCenter; // layout units
uniform vec2 viewMiddle; // device pixels from the drawing's top left to the view's centre
uniform mat2 unturn; // device pixels to layout units, about the view's centre
uniform vec2 away; // distance from the eye per layout unit, as a multiple of the centre's
uniform float scale; // device pixels per layout unit at the view's centre
uniform float lineWidth; // device pixels
uniform vec2 tileOrigin;
uniform vec2 tileSize;
uniform float strength;
uniform float cap;
uniform float adaptation;
uniform vec3 nonlocalColor;
uniform vec3 localColor;

void main() {
  // From the whole drawing's top left, exact, so that tiles fit together.
  vec2 pixel = tileOrigin + vec2(gl_FragCoord.x, tileSize.y - gl_FragCoord.y);
  vec2 seen = unturn * (pixel - viewMiddle);
  float nearness = 1.0 - dot(away, seen); // 1 / distance from the eye
  vec2 xy = viewCenter + seen / nearness;
  vec2 cell = vec2(xy.x - sheet.x, sheet.y - xy.y) / sheet.zw * crowdingSize - 0.5;
  vec2 place = clamp(cell, vec2(0.0), crowdingSize - 1.0);
  vec2 low = floor(place);
  vec2 t = place - low;
  vec4 around = texture2D(crowding, (low + 0.5) / crowdingSize);
  float rho = mix(mix(around.r, around.g, t.x), mix(around.b, around.a, t.x), t.y);
  vec2 d = texture2D(energy, gl_FragCoord.xy / tileSize).rg;
  // The mean of D hereabouts, by the root of how much a perspective enlarges areas here.
  float expected = adaptation * rho * lineWidth / (scale * nearness * sqrt(nearness));
  float surprise = max(0.0, d.r - expected) * inversesqrt(1.0 + expected);
  float nonlocalAlpha = min(cap, 1.0 - exp(-strength * surprise));
  float localAlpha = min(cap, 1.0 - exp(-strength * d.g));
  vec3 ink = nonlocalColor * nonlocalAlpha + localColor * localAlpha * (1.0 - nonlocalAlpha);
  gl_FragColor = vec4(ink, nonlocalAlpha + localAlpha * (1.0 - nonlocalAlpha));
}
