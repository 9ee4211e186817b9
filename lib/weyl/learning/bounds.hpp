// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
/// \file
/// What can be said of the risk before anything else is known of the target than its smoothness.

#include <optional>

#include "weyl/learning/risk.hpp"

namespace weyl {

/// How much a bound says.
enum class Claim {
  guarantee,  ///< a theorem at this n
  asymptotic, ///< a theorem as n → ∞
  heuristic   ///< as good as the self-consistent equation
};

/// The class {f : Σ f_k² μ_k^(−θ) ≤ B²}: for μ = (1 + λ)^(−s) a ball of the Sobolev space H^(sθ), with the norm of
/// which the weights are (1 + λ)^(sθ) in the uniform probability measure.
struct SourceClass {
  double theta = 1;  ///< 0 < θ ≤ 2; 1: the kernel's own space
  double radius = 0; ///< B
};

/// The class of the target's representable part: θ as asked for, B its norm. \throws InputError if the norm is infinite
/// (the target has power where μ = 0).
SourceClass source_class(const Learner& learner, double theta = 1);

/// The closed form of the upper bound as n → ∞ (source condition and bias as in Caponnetto & De Vito 2007, constants
/// derived in docs/learning.md): with a = d/2s, A = σ² W (1−a) Γ(1+a)Γ(1−a)/n and b = c_θ B²,
///     risk ≤ A η^(−a) + b η^θ at η* = (aA/θb)^(1/(θ+a)).
struct AsymptoticBound {
  double ridge = 0;    ///< η*·n, the δ of K + δI
  double risk = 0;     ///< E‖f̂ − f‖², the noise not added
  double exponent = 0; ///< θs/(θs + d/2): the risk falls like n^(−exponent)
};

/// \param length  of the kernel, μ ~ (length²λ)^(−s)
/// \throws InputError unless d/2 < s < ∞, 0 < θ ≤ 2, and σ and B are positive.
AsymptoticBound asymptotic_bound(const Geometry& geometry, double s, const SourceClass& target, double noise,
                                 double samples, double length = 1.0);

/// The largest risk over the class, of the learner at its ridge (the best one for the class if there is none):
///     E_0 (c_θ κ^θ B² + violation) + σ² (E_0 − 1),   c_θ = θ^θ (2 − θ)^(2−θ)/4,
/// because (κ/(μ + κ))² ≤ c_θ (κ/μ)^θ. Heuristic as the self-consistent equation is; as n → ∞ it becomes the closed
/// form. Never below the predicted risk at the same ridge.
double upper_bound(const Learner& learner, const SourceClass& target, double samples, std::optional<double> ridge = {});

/// A theorem for every n (Mourtada & Rosasco, C. R. Math. 360, 2022, proved anew in docs/learning.md): with
/// R² = sup k(x, x) and η = δ/(n+1), for any target whose power has no violation,
///     risk ≤ (1 + R²/δ)² Σ f_k² η/(μ_k + η) + (1 + R²/δ) σ² d_eff(η)/(n+1).
/// At the ridge, or the least over all ridges if there is none.
double guaranteed_bound(const Learner& learner, double largest_diagonal, double samples,
                        std::optional<double> ridge = {});

/// No estimator that is linear in the values y, whatever it does with the points x, has a smaller risk on average over
/// the signs of the target's coefficients than Σ_k p_k σ²/(σ² + n p_k) and the violation; p_k is the power of one
/// function, a level's whole power where nothing is known of it. A guarantee: the best such estimator has the risk
/// tr (T^(−1) + ΦᵀΦ/σ²)^(−1), T = diag p, which is convex in ΦᵀΦ, whose mean is n. Never above the predicted risk.
double lower_bound(const Learner& learner, double samples);

/// The minimax risk over the class for estimators linear in the values (Pinsker 1980), at this n, on the spectrum: with
/// weights w_k = μ_k^(−θ) solve (σ²/n) Σ w_k ((Λ/w_k)^½ − 1)_+ = B², then
///     risk = (σ²/n) Σ (1 − (w_k/Λ)^½)_+.
/// A guarantee as above (the least favourable prior lies in the class), for the worst target: a particular one may be
/// learned faster.
double minimax_risk(const KernelSpectrum& kernel, const SourceClass& target, double noise, double samples);

/// Pinsker's constant: what the minimax risk over all estimators becomes as n → ∞, for weights (ℓ²λ)^t, t = sθ:
///     (t/(t+d)) ((t+d)(2t+d)/(td))^(d/(2t+d)) (W σ²/n)^(2t/(2t+d)) B^(2d/(2t+d)),   W = C_d vol/ℓ^d.
double asymptotic_minimax_risk(const Geometry& geometry, double t, double radius, double noise, double samples,
                               double length = 1.0);

/// The theorem of Tahmasebi & Jegelka (NeurIPS 2023) with the constant of the paper, as far as it is known here:
///     32 ((1/ϰ) C_d σ² vol(M/G)/n)^(θs/(θs+d/2)) B^(d/(θs+d/2)),   ϰ = 2s/d − 1.
/// Printed beside the others; nothing rests on it, since its norm is not normalized as here.
double paper_bound(const Geometry& geometry, double s, const SourceClass& target, double noise, double samples,
                   double length = 1.0);

} // namespace weyl
