import { describe, expect, it } from 'vitest';
import {
  latestRequest,
  newestWorksheet,
  standingRequest,
} from '../../src/screens/household/farm_requests';
import type { HouseholdFile, Rec } from '../../src/store/face';

const known = { village: 'v', rev: 1, pending: 'none', waitingFields: [] } as const;

function request(id: string, requested_on: string, state?: string): Rec<'farm_request'> {
  const data = { household: 'h', requested_on, state } as Rec<'farm_request'>['data'];
  return { entity: 'farm_request', id, data, ...known };
}

function worksheet(id: string, months_to: string): Rec<'farm_assessment'> {
  return { entity: 'farm_assessment', id, data: { household: 'h', months_to }, ...known };
}

function file(requests: Rec<'farm_request'>[], sheets: Rec<'farm_assessment'>[] = []) {
  return { farmRequests: requests, assessments: sheets } as unknown as HouseholdFile;
}

describe('the request a household is shown', () => {
  it('is the one asked for last', () => {
    const found = standingRequest(
      file([request('a', '2025-11-02', 'approved'), request('b', '2026-11-02', 'posted')]),
    );
    expect(found?.id).toBe('b');
  });

  it('is none before the first, or once it was taken back', () => {
    expect(standingRequest(file([]))).toBeNull();
    expect(standingRequest(file([request('a', '2026-11-02', 'cancelled')]))).toBeNull();
  });

  it('is none after a refusal, which is still shown: the household may ask again', () => {
    const refused = file([request('a', '2026-11-02', 'refused')]);
    expect(standingRequest(refused)).toBeNull();
    expect(latestRequest(refused)?.id).toBe('a');
  });
});

describe('the worksheet that goes with a request', () => {
  it('is that of the latest months', () => {
    const sheets = [
      worksheet('a', '2025-10'),
      worksheet('b', '2026-10'),
      worksheet('c', '2026-09'),
    ];
    expect(newestWorksheet(file([], sheets))?.id).toBe('b');
  });

  it('may be missing', () => {
    expect(newestWorksheet(file([]))).toBeNull();
  });
});
